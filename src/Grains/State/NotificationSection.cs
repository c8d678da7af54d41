using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Search;

namespace Alerts.State;

/// <summary>The part of a mail about one search.</summary>
public sealed record NotificationSection
{
    /// <summary>The search's id within its user.</summary>
    public required string SearchId { get; init; }

    /// <summary>The phrase as the user wrote it.</summary>
    public required string Phrase { get; init; }

    /// <summary>eBay marketplace id.</summary>
    public required string Marketplace { get; init; }

    /// <summary>When eBay answered: the age of what is shown.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>How many listings match in all.</summary>
    public required int Total { get; init; }

    /// <summary>Of <see cref="Total"/>, how many listings an earlier section of the same mail counts already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CountedBefore { get; init; }

    /// <summary>The news, at most <see cref="MaxItems"/>, drops first, then new, cheapest first.</summary>
    public required ImmutableArray<NewsItem> Items { get; init; }

    /// <summary>How many more news there were than the mail names, each listing counted once.</summary>
    public int Omitted { get; init; }

    /// <summary>Of <see cref="Omitted"/>, new listings that no later mail names either, since too many waited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PassedOver { get; init; }

    /// <summary>Whether these are the first results of the search, of which there may be none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFirst { get; init; }

    /// <summary>What of the matches was watched; null in mails of older releases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SectionScope? Scope { get; init; }

    /// <summary>How often eBay is asked, where that is less often than the reader chose; null where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchPace? Pace { get; init; }

    /// <summary>Whether it only says that more match than eBay can sort, and that the search is paused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTooLarge { get; init; }

    /// <summary>Whether a mail has this section although it names nothing.</summary>
    [JsonIgnore]
    public bool IsSaid => IsFirst || !Items.IsEmpty || PassedOver > 0 || IsTooLarge;

    /// <summary>Whether it lists what a search finds, rather than what changed; of a mail of an older release its items say so.</summary>
    [JsonIgnore]
    public bool HoldsFirstResults => IsFirst || Items.Any(item => item is { Kind: NewsKind.Listed, Before: null });

    /// <summary>The most listings a section shows.</summary>
    public const int MaxItems = 20;
}
