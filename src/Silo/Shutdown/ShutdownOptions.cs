using System.ComponentModel.DataAnnotations;

namespace Alerts.Silo.Shutdown;

/// <summary>How a process ends when it is asked to (SIGTERM), section <c>Alerts:Shutdown</c>. What starts and stops it must allow both times and ten seconds more.</summary>
public sealed class ShutdownOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Shutdown";

    /// <summary>
    /// How long <c>/health/ready</c> already fails while everything goes on, so that whoever sends requests here stops.
    /// Behind a load balancer, a little more than the time between its looks.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ReadinessLead { get; set; }

    /// <summary>How long runs in flight are then waited for. What is not done by then is in the store, and another silo, or the next start, does it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RunGrace { get; set; } = TimeSpan.FromSeconds(15);
}
