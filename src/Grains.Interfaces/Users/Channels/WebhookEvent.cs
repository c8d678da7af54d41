using System.Collections.Immutable;
using Alerts.Users.Mails;

namespace Alerts.Users.Channels;

/// <summary>
/// The document that a webhook receives, signed as the Standard Webhooks specification says: <c>webhook-id</c>, <c>webhook-timestamp</c>,
/// <c>webhook-signature</c>. Later releases may add fields; ignore unknown ones.
/// </summary>
public sealed record WebhookEvent
{
    /// <summary><c>alerts.news</c>, <c>channel.confirmation</c> or <c>channel.test</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The same as <c>webhook-id</c>. A repeated message has the same id.</summary>
    public required string Id { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What happened, in a line for people.</summary>
    public required string Title { get; init; }

    /// <summary>The page with all of it; for a <c>channel.confirmation</c>, the page with the button to agree.</summary>
    public required string Url { get; init; }

    /// <summary>The news of each search; empty for other types.</summary>
    public ImmutableArray<NotifiedSearch> Searches { get; init; } = [];
}
