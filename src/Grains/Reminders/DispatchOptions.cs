using System.ComponentModel.DataAnnotations;

namespace Alerts.Reminders;

/// <summary>How users are spread over the reminder window, section <c>Alerts:Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Dispatch";

    /// <summary>Dispatcher grains, each for a range of users; the same on every silo. May be changed: they keep nothing that depends on it.</summary>
    [Range(1, 1024)]
    public int Shards { get; set; } = 16;

    /// <summary>The most users of a shard that change their second in one reminder period. A move costs a reminder and a state write.</summary>
    [Range(1, 100_000)]
    public int MovesPerPeriod { get; set; } = 200;

    /// <summary>
    /// How far before and after reminders come to a silo from another one it goes through their ticks by itself, since some may have been lost.
    /// No less than it takes to see that a silo is lost, or that one stops: <c>Alerts__Shutdown__RunGrace</c> and ten seconds. Zero: not at all.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan HandoverWindow { get; set; } = TimeSpan.FromSeconds(30);
}
