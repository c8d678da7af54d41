using System.Collections.Immutable;

namespace Alerts.Users.Mails;

/// <summary>A page of a user's mails, newest first.</summary>
/// <param name="Items">The mails; the first page begins with the waiting ones.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
[GenerateSerializer, Immutable, Alias("Alerts.NotificationPage")]
public sealed record NotificationPage(
    [property: Id(0)] ImmutableArray<NotificationRecord> Items,
    [property: Id(1)] NotificationCursor? Next);
