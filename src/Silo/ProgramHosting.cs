using System.Data.Common;

namespace Alerts.Silo;

/// <summary>How a program of this service runs.</summary>
public static class ProgramHosting
{
    /// <summary>
    /// Runs until the program is asked to end: 0. What keeps it from starting, such as a port in use, a data directory that is another's,
    /// or a database that is away, is said in one line behind the log: 1.
    /// </summary>
    public static async Task<int> RunToEndAsync(this WebApplication app, TextWriter errors)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception obstacle) when (obstacle is IOException or DbException or TimeoutException)
        {
            await errors.WriteLineAsync($"Could not start: {obstacle.Message}");
            return 1;
        }
    }
}
