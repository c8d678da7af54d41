using System.ComponentModel.DataAnnotations;

namespace Alerts.Reminders;

/// <summary>How users are spread over the reminder window, section <c>Alerts:Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Dispatch";

    /// <summary>
    /// Dispatcher grains, each for a range of users. Must be the same on every silo. May be changed: dispatchers store nothing that depends
    /// on it.
    /// </summary>
    [Range(1, 1024)]
    public int Shards { get; set; } = 16;

    /// <summary>Users of a shard that may change their second in one reminder period. A move costs a reminder and a state write.</summary>
    [Range(1, 100_000)]
    public int MovesPerPeriod { get; set; } = 200;

    /// <summary>
    /// When reminders come to a silo from another one, their ticks this long before and after may have been lost, so the silo wakes these
    /// users itself. Must cover the time to notice that a silo is lost or stops: <c>Alerts__Shutdown__RunGrace</c> plus ten seconds. Zero
    /// turns it off.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan HandoverWindow { get; set; } = TimeSpan.FromSeconds(30);
}
