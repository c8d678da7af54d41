using System.Collections.Immutable;

namespace Alerts.Users.Channels;

/// <summary>
/// What a webhook receives, signed by the Standard Webhooks specification: <c>webhook-id</c>, <c>webhook-timestamp</c>,
/// <c>webhook-signature</c>. Fields may be added; what is not known is to be passed over.
/// </summary>
public sealed record WebhookEvent
{
    /// <summary><c>alerts.news</c>, <c>channel.confirmation</c> or <c>channel.test</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The same as <c>webhook-id</c>: what comes twice has the same.</summary>
    public required string Id { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What happened, in a line for people.</summary>
    public required string Title { get; init; }

    /// <summary>The page where all of it is; of a <c>channel.confirmation</c> the page with the button that agrees.</summary>
    public required string Url { get; init; }

    /// <summary>What each search found; empty unless it is news.</summary>
    public ImmutableArray<WebhookSearch> Searches { get; init; } = [];
}
