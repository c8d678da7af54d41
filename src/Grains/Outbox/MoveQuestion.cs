using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users.Addresses;

namespace Alerts.Outbox;

/// <summary>The notice that asks the present address whether the alerts may move to another address. Pure.</summary>
static class MoveQuestion
{
    public static bool Is(OutboxEntry entry) => entry.Notification.MoveTo is not null;

    /// <summary>
    /// The question to the present address has ended: it was accepted, or the address cannot be reached and the move does not wait for it.
    /// </summary>
    public static UserState Ended(UserState user, OutboxEntry question, bool isAccepted, DateTimeOffset now) =>
        user.PendingEmail is not { } email || EmailAddressKey.Of(email) != question.Notification.MoveTo ? user
            : isAccepted ? user with { MoveAskedAt = user.MoveAskedAt ?? now }
            : user with { MoveAllowedAt = user.MoveAllowedAt ?? now };
}
