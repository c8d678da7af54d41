using System.ComponentModel.DataAnnotations;

namespace Alerts.Gateway.Limits;

/// <summary>
/// Limits of callers' requests, section <c>Alerts:RateLimits</c>. Buckets hold the requests of a minute (for enrolments, of an hour) and
/// refill steadily.
/// </summary>
public sealed class RateLimitOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:RateLimits";

    /// <summary>Requests a minute from one network address without a valid key or token.</summary>
    [Range(1, 1_000_000)]
    public int AnonymousPerMinute { get; set; } = 60;

    /// <summary>Requests a minute to <c>/health/</c> from one network address.</summary>
    [Range(1, 1_000_000)]
    public int ProbesPerMinute { get; set; } = 600;

    /// <summary>Requests a minute with one user's manage token.</summary>
    [Range(1, 1_000_000)]
    public int UserPerMinute { get; set; } = 120;

    /// <summary>Requests a minute with one API key.</summary>
    [Range(1, 10_000_000)]
    public int KeyPerMinute { get; set; } = 6_000;

    /// <summary>Enrolments an hour from one network address without an API key. Each may cause a mail to a stranger.</summary>
    [Range(1, 1_000_000)]
    public int EnrolmentsPerHour { get; set; } = 20;

    /// <summary>Enrolments an hour from one IPv6 /48, the network of a site, without an API key.</summary>
    [Range(1, 1_000_000)]
    public int EnrolmentsPerSiteHour { get; set; } = 60;

    /// <summary>
    /// Enrolments and moves a day to one mailbox, where addresses are confirmed. A mailbox includes all addresses that differ only after a
    /// plus, or in dots that the provider ignores.
    /// </summary>
    [Range(1, 1_000_000)]
    public int EnrolmentsPerMailboxDay { get; set; } = 5;

    /// <summary>Enrolments and moves an hour to one mail domain, where addresses are confirmed.</summary>
    [Range(1, 10_000_000)]
    public int EnrolmentsPerDomainHour { get; set; } = 1_000;

    /// <summary>Enrolments and moves an hour by all callers together, where addresses are confirmed.</summary>
    [Range(1, 10_000_000)]
    public int EnrolmentsPerHourOfAll { get; set; } = 5_000;

    /// <summary>Changes of the address a day by one user. Each may cause a mail to a stranger.</summary>
    [Range(1, 1_000_000)]
    public int AddressChangesPerDay { get; set; } = 5;

    /// <summary>Previews and results a minute for one caller, since each may cost calls of eBay's daily quota.</summary>
    [Range(1, 1_000_000)]
    public int SearchesPerMinute { get; set; } = 20;

    /// <summary>Messages an hour that one user sends to channels by adding, changing and testing them. Each may reach a stranger.</summary>
    [Range(1, 1_000_000)]
    public int ChannelMessagesPerHour { get; set; } = 20;

    /// <summary>Reads an hour of all of one user's feeds together.</summary>
    [Range(1, 1_000_000)]
    public int FeedReadsPerHour { get; set; } = 600;
}
