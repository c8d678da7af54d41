using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Alerts.Demo.Marketplace;

/// <summary>A search as it was asked for, read from the query string and the marketplace header.</summary>
sealed record BrowseQuery
{
    /// <summary>eBay cuts longer keywords here.</summary>
    public const int MaxPhrase = 100;

    const int DefaultLimit = 50;
    const int MaxLimit = 200;
    const int MaxOffset = 9_999;

    /// <summary>The keywords as they were sent, cut to <see cref="MaxPhrase"/> characters.</summary>
    public required string Phrase { get; init; }
    public required MarketplaceSite Site { get; init; }
    public int Limit { get; init; } = DefaultLimit;
    public int Offset { get; init; }
    public string? Sort { get; init; }
    public SearchFilter Filter { get; init; } = SearchFilter.None;
    public string? CategoryId { get; init; }
    public AspectFilter? Aspects { get; init; }
    public Refinements Refinements { get; init; } = Refinements.None;
    public BuyerContext Buyer { get; init; } = BuyerContext.Unknown;
    public IReadOnlyList<BrowseError> Warnings { get; init; } = [];

    /// <summary>Marketplace and decoded parameters in the order of their names: the same for the same question however it is written.</summary>
    public required string Canonical { get; init; }

    /// <summary>The encoded parameters but for the offset, for <c>href</c> and <c>next</c>.</summary>
    public required string WithoutOffset { get; init; }

    /// <summary>The phrase as the world knows it: lower case, single blanks.</summary>
    public string Key => KeyOf(Phrase);

    public static string KeyOf(string phrase) =>
        string.Join(' ', phrase.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    /// <summary>The query, or the error that refuses the call.</summary>
    public static (BrowseQuery? Query, BrowseError? Error) Parse(string queryString, MarketplaceSite site, BuyerContext buyer)
    {
        var parameters = QueryHelpers.ParseQuery(queryString);
        var phrase = Value(parameters, "q")?.Trim() ?? "";
        if (phrase.Length > MaxPhrase)
            phrase = phrase[..MaxPhrase];
        if (phrase.Length == 0)
            return (null, BrowseError.NoKeyword);

        if (ReadPage(parameters, out var limit, out var offset) is { } badPage)
            return (null, badPage);
        var warnings = new List<BrowseError>();
        BrowseError? badFilter = null;
        var filter = Value(parameters, "filter") is { Length: > 0 } text ? SearchFilterParser.Parse(text, site, warnings, out badFilter) : SearchFilter.None;
        if (badFilter is not null)
            return (null, badFilter);
        var sort = Value(parameters, "sort");
        if (sort is not null && !SearchSort.IsKnown(sort))
            warnings.Add(BrowseError.BadSort(sort));
        var category = Value(parameters, "category_ids");
        if (category is not null && !category.All(char.IsAsciiDigit))
            warnings.Add(BrowseError.BadCategory(category));
        var aspects = Value(parameters, "aspect_filter") is { Length: > 0 } aspectText ? AspectFilter.Parse(aspectText) : null;
        if (aspects is null && Value(parameters, "aspect_filter") is { Length: > 0 } badAspects)
            warnings.Add(BrowseError.BadFilter("aspect_filter", badAspects));
        if (aspects is not null && aspects.CategoryId != category)
            return (null, BrowseError.AspectsNeedCategory);
        var groups = Value(parameters, "fieldgroups");
        var refinements = groups is null ? Refinements.None : Refinements.Parse(groups);
        if (refinements is null)
            warnings.Add(BrowseError.BadFilter("fieldgroups", groups!));

        return (new BrowseQuery
        {
            Phrase = phrase,
            Site = site,
            Limit = limit,
            Offset = offset,
            Sort = sort,
            Filter = filter,
            CategoryId = category is not null && category.All(char.IsAsciiDigit) ? category : null,
            Aspects = aspects,
            Refinements = refinements ?? Refinements.None,
            Buyer = buyer,
            Warnings = warnings,
            Canonical = $"{site.Id} {string.Join('&', parameters.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}"))}",
            WithoutOffset = Encode(phrase, limit, parameters),
        }, null);
    }

    static BrowseError? ReadPage(Dictionary<string, StringValues> parameters, out int limit, out int offset)
    {
        offset = 0;
        limit = DefaultLimit;
        if (Value(parameters, "limit") is { } limitText && !int.TryParse(limitText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit))
            return BrowseError.LimitNotInteger;
        if (limit is < 1 or > MaxLimit)
            return BrowseError.LimitOutOfRange;
        if (Value(parameters, "offset") is { } offsetText && !int.TryParse(offsetText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out offset))
            return BrowseError.OffsetNotInteger;
        return offset < 0 ? BrowseError.OffsetNegative
            : offset > MaxOffset ? BrowseError.OffsetTooLarge
            : offset % limit != 0 ? BrowseError.OffsetNotMultiple
            : null;
    }

    static string Encode(string phrase, int limit, Dictionary<string, StringValues> parameters)
    {
        var encoded = new StringBuilder($"q={Uri.EscapeDataString(phrase).Replace("%20", "+", StringComparison.Ordinal)}");
        foreach (var name in (string[])["aspect_filter", "category_ids", "fieldgroups", "filter"])
        {
            if (Value(parameters, name) is { } value)
                encoded.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
        encoded.Append(CultureInfo.InvariantCulture, $"&limit={limit}");
        if (Value(parameters, "sort") is { } sort)
            encoded.Append("&sort=").Append(Uri.EscapeDataString(sort));
        return encoded.ToString();
    }

    static string? Value(Dictionary<string, StringValues> parameters, string name) =>
        parameters.TryGetValue(name, out var values) ? values[0] : null;
}
