using System.Collections.Immutable;
using System.Text.Json;

namespace Alerts.Search.Ebay.Answers;

/// <summary>
/// Reads eBay's answer row by row (Browse API, SearchPagedCollection). A row that cannot be read is left out; the others are still read.
/// Unused fields may hold anything. Pure.
/// </summary>
static class EbayPageReader
{
    /// <summary>Warnings about filters: eBay answers 200, but did not apply the filter to the rows.</summary>
    static readonly ImmutableArray<int> filterWarnings = [12002, 12008, 12009, 12010, 12011, 12012, 12014, 12017];

    /// <summary>A deeply nested row must not spoil the others; the size limit of an answer bounds the depth.</summary>
    static readonly JsonDocumentOptions anyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>The page, or why it is not valid.</summary>
    /// <param name="body">eBay's answer.</param>
    /// <param name="hosts">The hosts that its links may have (<see cref="LinkHosts"/>).</param>
    public static EbayAnswer Read(ReadOnlyMemory<byte> body, IReadOnlyCollection<string> hosts)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body), anyDepth);
            return Read(document.RootElement, hosts);
        }
        catch (JsonException fault)
        {
            return new EbayAnswer.Failed("eBay's answer could not be read.", Fault: fault);
        }
    }

    /// <summary>The errors in an answer; empty when none can be read.</summary>
    public static IReadOnlyList<EbayError> ErrorsOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body), anyDepth);
            return ErrorsOf(document.RootElement.Field("errors"));
        }
        catch (JsonException)
        {
            return []; // An error page of a proxy: the status says all there is.
        }
    }

    /// <summary>Removes a byte order mark, which a proxy may put before the JSON.</summary>
    static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    static EbayAnswer Read(JsonElement root, IReadOnlyCollection<string> hosts)
    {
        if (ErrorsOf(root.Field("errors")) is [var error, ..])
            return new EbayAnswer.Failed($"eBay answered with an error: {error.Message} ({error.Id}).");
        if (ErrorsOf(root.Field("warnings")).FirstOrDefault(warning => filterWarnings.Contains(warning.Id)) is { Id: > 0 } warned)
            return new EbayAnswer.Failed($"eBay did not apply a filter: {warned.Message} ({warned.Id}).");
        var total = TotalOf(root);
        return root.Field("itemSummaries") switch
        {
            { ValueKind: JsonValueKind.Array } rows => Read(rows, total ?? CountOf(rows, root), hosts),
            null when total == 0 => new EbayAnswer.Found(new EbayPage([], 0, 0)),
            null when total > 0 => ShowedNone(total.Value),
            _ => new EbayAnswer.Failed("eBay's answer could not be read."),
        };
    }

    static int? TotalOf(JsonElement root) => LenientJson.Decimal(root.Field("total").TextOrNumber()) is { } total
        ? (int)Math.Clamp(total, int.MinValue, int.MaxValue)
        : null;

    /// <summary>Without a total, a page that names a next page does not hold all matches.</summary>
    static int CountOf(JsonElement rows, JsonElement root) =>
        rows.GetArrayLength() + (root.Field("next").Text() is { Length: > 0 } ? 1 : 0);

    static EbayAnswer Read(JsonElement rows, int total, IReadOnlyCollection<string> hosts)
    {
        var listings = ImmutableArray.CreateBuilder<Listing>(rows.GetArrayLength());
        var numbers = new HashSet<long>(rows.GetArrayLength());
        var bad = ImmutableArray.CreateBuilder<string?>();
        foreach (var row in rows.EnumerateArray())
        {
            if (ListingReader.Read(row, hosts) is not { } listing)
                bad.Add(ListingReader.ItemIdOf(row));
            else if (numbers.Add(listing.ListingNumber))
                listings.Add(listing);
        }

        var count = Math.Max(total, 0);
        return listings.Count == 0 && (count > 0 || bad.Count > 0)
            ? ShowedNone(Math.Max(count, bad.Count))
            : new EbayAnswer.Found(new EbayPage(listings.DrainToImmutable(), rows.GetArrayLength(), Math.Max(count, rows.GetArrayLength()))
            {
                BadRows = bad.DrainToImmutable(),
            });
    }

    static EbayAnswer.Failed ShowedNone(int total) => new($"eBay counted {total} listings and showed none.");

    static List<EbayError> ErrorsOf(JsonElement? errors) =>
        [.. errors.Items().Where(error => error.ValueKind is JsonValueKind.Object).Select(error =>
            new EbayError(error.Field("errorId").Number() ?? 0, error.Field("domain").Text() ?? "", error.Field("message").Text()
                ?? "no reason given"))];
}
