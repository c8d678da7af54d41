using System.Collections.Immutable;

namespace Alerts.Search;

/// <summary>What a search would find, and what its first mail would say.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchPreview")]
public sealed record SearchPreview
{
    /// <summary>Why there is nothing to show; absent when eBay answered.</summary>
    [Id(0)] public string? Failure { get; init; }

    /// <summary>When eBay answered.</summary>
    [Id(1)] public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>How many listings match, by eBay's count.</summary>
    [Id(2)] public int Total { get; init; }

    /// <summary>The listings in the mail.</summary>
    [Id(3)] public ImmutableArray<Listing> Listings { get; init; } = [];

    /// <summary>The mail's subject; absent when nothing was found, since then there is no mail.</summary>
    [Id(4)] public string? Subject { get; init; }

    /// <summary>The mail as HTML.</summary>
    [Id(5)] public string? Html { get; init; }

    /// <summary>The mail as text.</summary>
    [Id(6)] public string? Text { get; init; }

    /// <summary>Which part of the matches would be watched, in the reader's language; absent when eBay did not answer.</summary>
    [Id(7)] public string? Scope { get; init; }

    /// <summary>
    /// How often eBay would be asked, and why not more often, in the reader's language; absent when it would be every two minutes.
    /// </summary>
    [Id(8)] public string? Pace { get; init; }

    /// <summary>True when more listings match than eBay can sort: the search must be narrowed.</summary>
    [Id(9)] public bool TooLarge { get; init; }
}
