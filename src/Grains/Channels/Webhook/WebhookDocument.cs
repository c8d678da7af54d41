using System.Text.Json;
using System.Text.Json.Serialization;
using Alerts.State;
using Alerts.Users.Channels;

namespace Alerts.Channels.Webhook;

/// <summary>Makes a message's JSON document. Pure.</summary>
static class WebhookDocument
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
        { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static WebhookEvent Of(ChannelMessage message) => new()
    {
        Type = message.Type switch
        {
            ChannelMessageType.Confirmation => "channel.confirmation",
            ChannelMessageType.Test => "channel.test",
            _ => "alerts.news",
        },
        Id = message.Id,
        Timestamp = message.At,
        Title = message.Title,
        Url = message.Url,
        Searches = [.. message.Notification.Sections.Select(SearchOf)],
    };

    static WebhookSearch SearchOf(NotificationSection section) => new()
    {
        SearchId = section.SearchId,
        Phrase = section.Phrase,
        Marketplace = section.Marketplace,
        FetchedAt = section.FetchedAt,
        Total = section.Total,
        Omitted = section.Omitted,
        Listings = [.. section.Items.Select(ListingOf)],
    };

    static WebhookListing ListingOf(NewsItem item) => new()
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
