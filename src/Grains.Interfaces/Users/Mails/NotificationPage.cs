using System.Collections.Immutable;

namespace Alerts.Users.Mails;

/// <summary>Some of a user's mails, newest first.</summary>
/// <param name="Items">The mails; the first page begins with those that wait.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
[GenerateSerializer, Immutable, Alias("Alerts.NotificationPage")]
public sealed record NotificationPage(
    [property: Id(0)] ImmutableArray<NotificationRecord> Items,
    [property: Id(1)] NotificationCursor? Next);
