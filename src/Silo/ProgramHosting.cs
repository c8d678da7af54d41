using System.Data.Common;

namespace Alerts.Silo;

/// <summary>How a program of this service runs.</summary>
public static class ProgramHosting
{
    /// <summary>
    /// Whether the first argument is neither a command nor a setting, such as <c>migrat</c>; if so, names the commands. A program that ran on
    /// would be one more silo.
    /// </summary>
    public static bool IsMistyped(string[] args, TextWriter errors, string commands)
    {
        if (args is not [var first, ..] || first.StartsWith('-') || first.StartsWith('/') || first.Contains('=', StringComparison.Ordinal))
            return false;
        errors.WriteLine($"\"{first}\" is no command. Without one the program runs; the others are: {commands}.");
        return true;
    }

    /// <summary>Builds the program, or says why its log cannot be set up, such as a level that there is not.</summary>
    public static WebApplication? TryBuild(this WebApplicationBuilder builder, TextWriter errors)
    {
        try
        {
            return builder.Build();
        }
        catch (InvalidOperationException fault)
        {
            errors.WriteLine($"Could not start: {fault.Message}");
            return null;
        }
    }

    /// <summary>
    /// Runs until the program is asked to end, or does one piece of work: 0. What keeps it from that, such as a port in use, a data directory
    /// that is another's, or a database that is away, is said in one line behind the log: 1.
    /// </summary>
    public static async Task<int> RunToEndAsync(this WebApplication app, TextWriter errors, Func<Task>? work = null)
    {
        try
        {
            await (work is null ? app.RunAsync() : work());
            return 0;
        }
        catch (Exception obstacle) when (obstacle is IOException or DbException or TimeoutException)
        {
            await errors.WriteLineAsync($"Could not start: {obstacle.Message}");
            return 1;
        }
    }
}
