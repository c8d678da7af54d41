using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users.Mails;

namespace Alerts.Mail.Log;

/// <summary>
/// What a notification says, as programs read it. What eBay answered may be shown for six hours, the ids of its listings for good. Pure.
/// </summary>
/// <param name="ItemIds">The item ids of the listings it names, each once.</param>
/// <param name="Searches">What it says of each search.</param>
public sealed record DeliveredContent(ImmutableArray<string> ItemIds, ImmutableArray<NotifiedSearch> Searches)
{
    /// <summary>Stands between two item ids, which have none.</summary>
    const char Separator = ' ';

    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Of a notification; null when it is about no search.</summary>
    public static DeliveredContent? Of(Notification notification) => notification.Sections.IsEmpty ? null : new DeliveredContent(
        [.. notification.Sections.SelectMany(section => section.Items).Select(item => item.Listing.ItemId).Distinct()],
        [.. notification.Sections.Select(SearchOf)]);

    /// <summary>What a section of a notification says.</summary>
    public static NotifiedSearch SearchOf(NotificationSection section) => new()
    {
        SearchId = section.SearchId,
        Phrase = section.Phrase,
        Marketplace = section.Marketplace,
        FetchedAt = section.FetchedAt,
        Total = section.Total,
        Omitted = section.Omitted,
        Listings = [.. section.Items.Select(ListingOf)],
    };

    /// <summary>Until when what eBay answered may be shown: the oldest answer counts.</summary>
    public DateTimeOffset Until => Searches.Min(search => search.FetchedAt) + Freshness.ShownFor;

    /// <summary>The ids as the delivery log keeps them.</summary>
    public string StoredIds => string.Join(Separator, ItemIds);

    /// <summary>The ids as they were stored; none for a mail of an older release.</summary>
    public static ImmutableArray<string> ReadIds(string? stored) =>
        stored is null ? [] : [.. stored.Split(Separator, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>What it says, as the delivery log keeps it.</summary>
    public byte[] Store()
    {
        using var bytes = new MemoryStream();
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest))
            JsonSerializer.Serialize(compressed, Searches, json);
        return bytes.ToArray();
    }

    /// <summary>What it says, as it was stored.</summary>
    public static ImmutableArray<NotifiedSearch> Read(byte[] stored)
    {
        using var compressed = new BrotliStream(new MemoryStream(stored), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<ImmutableArray<NotifiedSearch>>(compressed, json);
    }

    static NotifiedListing ListingOf(NewsItem item) => new()
    {
        Reason = item.IsEnding ? "ending" : JsonNamingPolicy.CamelCase.ConvertName(item.Kind.ToString()),
        ItemId = item.Listing.ItemId,
        Title = item.Listing.Title,
        Url = item.Listing.Url,
        ImageUrl = item.Listing.ImageUrl,
        Price = item.Listing.Price,
        SellerPrice = item.Listing.SellerPrice,
        PreviousPrice = item.PreviousPrice,
        Shipping = item.Listing.Shipping,
        Condition = item.Listing.Condition,
        EndsAt = item.Listing.EndsAt,
    };
}
