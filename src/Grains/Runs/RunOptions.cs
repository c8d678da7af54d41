using System.ComponentModel.DataAnnotations;

namespace Alerts.Runs;

/// <summary>Limits of the runs, section <c>Alerts:Runs</c>.</summary>
public sealed class RunOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Runs";

    /// <summary>Checks in flight at once in one silo while there are no faults; the others wait in order.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrent { get; set; } = 256;

    /// <summary>Mails being sent at once in one silo while there are no faults; the others wait in order and delay no check.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentMails { get; set; } = 256;

    /// <summary>
    /// Runs in flight at once that remain while eBay, the mail server or the store fail, to notice when they work again. Never more than
    /// <see cref="MaxConcurrent"/>.
    /// </summary>
    [Range(1, 10_000)]
    public int MinConcurrent { get; set; } = 8;

    /// <summary>
    /// A search, mail or write that takes longer than this counts as a fault: a server that answers so late is overloaded.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromSeconds(5);
}
