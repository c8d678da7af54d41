using System.Data.Common;
using StackExchange.Redis;

namespace Alerts.Silo;

/// <summary>Starts and ends a program of this service.</summary>
public static class ProgramHosting
{
    /// <summary>
    /// Whether the first argument is neither a command nor a setting, such as <c>migrat</c>; if so, prints the commands. Otherwise a
    /// mistyped command would start one more silo.
    /// </summary>
    public static bool IsMistyped(string[] args, TextWriter errors, string commands)
    {
        if (args is not [var first, ..] || first.StartsWith('-') || first.StartsWith('/') || first.Contains('=', StringComparison.Ordinal))
            return false;
        errors.WriteLine($"\"{first}\" is no command. Without one the program runs; the others are: {commands}.");
        return true;
    }

    /// <summary>Builds the program, or prints why its log cannot be set up, for example an unknown level.</summary>
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
    /// Runs until the program is asked to end, or does one piece of work; returns 0. If something prevents that, prints the reason in one
    /// line after the log and returns 1. Reasons are a port in use, another instance's data directory, a database that cannot be
    /// reached, or a Redis that cannot be reached or refuses the password or certificate.
    /// </summary>
    public static async Task<int> RunToEndAsync(this WebApplication app, TextWriter errors, Func<Task>? work = null)
    {
        try
        {
            await (work is null ? app.RunAsync() : work());
            return 0;
        }
        catch (Exception obstacle) when (obstacle is IOException or DbException or TimeoutException or RedisException)
        {
            await errors.WriteLineAsync($"Could not start: {obstacle.Message}");
            return 1;
        }
    }
}
