using System.ComponentModel.DataAnnotations;

namespace Alerts.Silo.Shutdown;

/// <summary>
/// How a process ends after SIGTERM, section <c>Alerts:Shutdown</c>. Its supervisor must allow the sum of both times and ten seconds more.
/// </summary>
public sealed class ShutdownOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Shutdown";

    /// <summary>
    /// How long <c>/health/ready</c> fails before anything stops, so that no more requests are sent here. Behind a load balancer, set it
    /// slightly longer than the interval of its probes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ReadinessLead { get; set; }

    /// <summary>
    /// How long to wait then for runs in flight. Work that is not done by then is stored, and another silo or the next start does it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RunGrace { get; set; } = TimeSpan.FromSeconds(15);
}
