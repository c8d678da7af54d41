using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;

namespace Alerts.Demo;

/// <summary>What a demonstration is made of. Ports are on 127.0.0.1; 0 takes a free one.</summary>
public sealed record DemoOptions
{
    /// <summary>The administration key of every demonstration: it guards nothing but this machine's own demo.</summary>
    public const string ApiKey = "demo-key";

    /// <summary>The key that signs messages to browsers in every demonstration.</summary>
    public const string WebPushKey = "08Zprx1R-nr0lnp-Kyfh_mzZmzzjT07PqlgtwoYNMMY";

    /// <summary>Port of the gateway.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Port of the receivers of messages to channels.</summary>
    public int ReceiversPort { get; init; }

    /// <summary>Folder of the SQLite files; kept between runs.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The marketplace's own options; its clock is the gateway's.</summary>
    public MarketplaceOptions Marketplace { get; init; } = new();

    /// <summary>The mailbox's own options.</summary>
    public MailboxOptions Mailbox { get; init; } = new();

    /// <summary>Settings of the gateway that go before the demonstration's own, by their full names (<c>Alerts:ReminderPeriod</c>).</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();
}
