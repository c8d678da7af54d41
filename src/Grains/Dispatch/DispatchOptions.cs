using System.ComponentModel.DataAnnotations;

namespace Alerts.Dispatch;

/// <summary>How users are spread over the reminder window, section <c>Alerts:Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Dispatch";

    /// <summary>Dispatcher grains, each for a range of users; default 16, the same on every silo. May be changed: they keep nothing that depends on it.</summary>
    [Range(1, 1024)]
    public int Shards { get; set; } = 16;

    /// <summary>The most users of a shard that change their second in one reminder period; default 200. A move costs a reminder and a state write.</summary>
    [Range(1, 100_000)]
    public int MovesPerPeriod { get; set; } = 200;
}
