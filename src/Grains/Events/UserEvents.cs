using System.Text.Json;
using System.Text.Json.Serialization;
using Alerts.SharedData.Products;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Events;

/// <summary>The events that a change of a user causes. Pure.</summary>
static class UserEvents
{
    public const string Settings = "settings";
    public const string News = "news";
    public const string Erased = "erased";

    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The events of a change, in their order. Most checks cause none.</summary>
    public static IReadOnlyList<UserEvent> Of(string userId, UserState? before, UserState after, DateTimeOffset now)
    {
        if (after.Erasing)
            return before is { Erasing: false } ? [ErasedOf(userId, now)] : [];
        var isChanged = before is null || before.Version != after.Version || before.Status != after.Status;
        if (!isChanged && ReferenceEquals(before!.Outbox, after.Outbox) && before.Channels == after.Channels)
            return [];
        var events = isChanged
            ? new List<UserEvent> { Event(userId, now, Settings, new SettingsEvent(userId, now, after.Version, after.Status)) } : [];
        if (!MessagesOf(after).Any())
            return events;
        var known = before is null ? [] : MessagesOf(before).SelectMany(section => section.Items, KeyOf).ToHashSet();
        events.AddRange(
            from section in MessagesOf(after)
            from item in section.Items
            group item by section.SearchId into items
            let fresh = items.DistinctBy(item => KeyOf(items.Key, item)).Where(item => !known.Contains(KeyOf(items.Key, item))).ToList()
            where fresh.Count > 0
            let section = MessagesOf(after).First(section => section.SearchId == items.Key)
            from part in fresh.Chunk(NotificationSection.MaxItems)
            select Event(userId, now, News,
                new NewsEvent(userId, now, items.Key, QueryOf(after, items.Key), section.Marketplace, section.FetchedAt,
                    [.. part.Select(ListingOf)])));
        return events;
    }

    /// <summary>The event that says that a user was erased.</summary>
    public static UserEvent ErasedOf(string userId, DateTimeOffset now) => Event(userId, now, Erased, new ErasedEvent(userId, now));

    static UserEvent Event<T>(string userId, DateTimeOffset at, string type, T document) =>
        new(userId, at, type, JsonSerializer.Serialize(document, json));

    /// <summary>The waiting messages by mail and by channels: the user is notified of the listings they name.</summary>
    static IEnumerable<NotificationSection> MessagesOf(UserState user) =>
        (user.Channels ?? []).SelectMany(channel => (OutboxEntry?[])[channel.Sending, channel.Outbox]).Prepend(user.Outbox)
            .SelectMany(entry => entry is { Notification: { IsAlert: true } alert } ? alert.Sections : []);

    static (string, string, NewsKind, decimal) KeyOf(NotificationSection section, NewsItem item) => KeyOf(section.SearchId, item);

    static (string, string, NewsKind, decimal) KeyOf(string searchId, NewsItem item) =>
        (searchId, item.Listing.ItemId, item.Kind, item.Listing.SellerPrice.Value);

    static string? QueryOf(UserState user, string searchId) =>
        user.Searches.FirstOrDefault(memory => memory.SearchId == searchId)?.Query is { } query ? QueryIdentity.IdOf(query) : null;

    static NewsListing ListingOf(NewsItem item) => new(
        item.Listing.ItemId, JsonNamingPolicy.CamelCase.ConvertName(item.Kind.ToString()), item.Listing.SellerPrice, item.PreviousPrice);
}
