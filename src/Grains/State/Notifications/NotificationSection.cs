using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Search;

namespace Alerts.State.Notifications;

/// <summary>The part of a mail about one search.</summary>
public sealed record NotificationSection
{
    /// <summary>The search's id within its user.</summary>
    public required string SearchId { get; init; }

    /// <summary>The phrase as the user wrote it.</summary>
    public required string Phrase { get; init; }

    /// <summary>eBay marketplace id.</summary>
    public required string Marketplace { get; init; }

    /// <summary>When eBay answered.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>How many listings match the search.</summary>
    public required int Total { get; init; }

    /// <summary>How many listings of <see cref="Total"/> an earlier section of the same mail has counted already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CountedBefore { get; init; }

    /// <summary>The news, at most <see cref="MaxItems"/>, drops first, then new, cheapest first.</summary>
    public required ImmutableArray<NewsItem> Items { get; init; }

    /// <summary>How many more news items there were than the mail names, each listing counted once.</summary>
    public int Omitted { get; init; }

    /// <summary>How many new listings of <see cref="Omitted"/> no later mail will name, because too many waited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PassedOver { get; init; }

    /// <summary>Whether these are the first results of the search. There may be none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFirst { get; init; }

    /// <summary>Which part of the matches was watched; null in mails of older releases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SectionScope? Scope { get; init; }

    /// <summary>How often eBay is asked, when that is less often than the reader chose; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchPace? Pace { get; init; }

    /// <summary>Whether the section only says that more listings match than eBay can sort, and that the search is paused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTooLarge { get; init; }

    /// <summary>Whether a mail has this section even when it names no listing.</summary>
    [JsonIgnore]
    public bool IsSaid => IsFirst || !Items.IsEmpty || PassedOver > 0 || IsTooLarge;

    /// <summary>Whether the section lists all present results instead of changes. In mails of older releases the items show that.</summary>
    [JsonIgnore]
    public bool HoldsFirstResults => IsFirst || Items.Any(item => item is { Kind: NewsKind.Listed, Before: null });

    /// <summary>The most listings that a section shows.</summary>
    public const int MaxItems = 20;
}
