using Alerts.Users.Mails;

namespace Alerts.Gateway.Users;

/// <summary>A page of mails to a user, newest first.</summary>
/// <param name="Items">The mails; the first page begins with the waiting ones.</param>
/// <param name="Next">The <c>cursor</c> of the next page; absent on the last.</param>
public sealed record NotificationList(IReadOnlyList<NotificationRecord> Items, string? Next = null);
