using Alerts.State;
using Alerts.Users.Addresses;

namespace Alerts.Outbox;

/// <summary>The notice that asks the present address whether the alerts may move to another one. Pure.</summary>
static class MoveQuestion
{
    /// <summary>Whether a notice is one.</summary>
    public static bool Is(OutboxEntry entry) => entry.Notification.MoveTo is not null;

    /// <summary>Its way to the present address ended: it was taken, or that address cannot be reached, and nobody waits for it.</summary>
    public static UserState Ended(UserState user, OutboxEntry question, bool isAccepted, DateTimeOffset now) =>
        user.PendingEmail is not { } email || EmailAddressKey.Of(email) != question.Notification.MoveTo ? user
            : isAccepted ? user with { MoveAskedAt = user.MoveAskedAt ?? now }
            : user with { MoveAllowedAt = user.MoveAllowedAt ?? now };
}
