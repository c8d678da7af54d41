using System.Reflection;

namespace Alerts.Silo.Observability;

/// <summary>The release that runs: <c>/version</c>, and <c>--version</c> of both programs.</summary>
public static class AlertsVersion
{
    /// <summary>Version and commit, such as <c>1.2.0+34095b9…</c>; without the commit where it was built outside of git.</summary>
    public static string Current { get; } =
        typeof(AlertsVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static int Print()
    {
        Console.WriteLine(Current);
        return 0;
    }

    public static RouteHandlerBuilder MapAlertsVersion(this WebApplication app) =>
        app.MapGet("/version", () => TypedResults.Ok(new { version = Current })).ExcludeFromDescription();
}
