namespace Alerts.Users.Mails;

/// <summary>A place in a user's list of sent mails: the page begins after this mail.</summary>
/// <param name="At">When the server accepted it.</param>
/// <param name="Id">Its id.</param>
[GenerateSerializer, Immutable, Alias("Alerts.NotificationCursor")]
public sealed record NotificationCursor([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Id);
