using System.Reflection;
using Alerts.State;

namespace Alerts.Silo.Observability;

/// <summary>The release that runs: <c>/version</c>, and <c>--version</c> of both programs.</summary>
public static class AlertsVersion
{
    /// <summary>Version and commit, such as <c>1.2.0+34095b9…</c>; without the commit when built outside of git.</summary>
    public static string Current { get; } =
        typeof(AlertsVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The commit alone; null where it was built outside of git.</summary>
    public static string? Commit { get; } = Current.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus
        ? Current[(plus + 1)..] : null;

    public static int Print()
    {
        Console.WriteLine($"{Current}, state format {CompactSerializer.CompactForm}");
        return 0;
    }

    public static RouteHandlerBuilder MapAlertsVersion(this WebApplication app) => app.MapGet(
        "/version", () =>
            TypedResults.Ok(new { version = Current, commit = Commit, stateFormat = CompactSerializer.CompactForm }))
            .ExcludeFromDescription();
}
