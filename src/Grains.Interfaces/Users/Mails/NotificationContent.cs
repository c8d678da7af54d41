using System.Collections.Immutable;

namespace Alerts.Users.Mails;

/// <summary>A mail to a user, or a message to one of its channels, with what it says.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.NotificationContent")]
public sealed record NotificationContent : NotificationRecord
{
    /// <summary>The item ids of the listings it names.</summary>
    [Id(0)] public ImmutableArray<string> ItemIds { get; init; } = [];

    /// <summary>What it says of each search; absent when it is about none, and six hours after eBay said so (eBay API licence).</summary>
    [Id(1)] public ImmutableArray<NotifiedSearch>? Searches { get; init; }

    /// <summary>Until when that may be shown; absent with it.</summary>
    [Id(2)] public DateTimeOffset? ContentUntil { get; init; }
}
