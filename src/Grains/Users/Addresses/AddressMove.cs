using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tokens;
using Alerts.Users.Addresses;

namespace Alerts.Users.Addresses;

/// <summary>
/// A user's move to another address. The present address is asked first, then the new one. The move is made when both agreed, or when the
/// new one agreed and the present one did not object within <see cref="ObjectWithin"/>. Pure.
/// </summary>
public static class AddressMove
{
    /// <summary>The present address may object for this long after its mail server accepted the question.</summary>
    public static readonly TimeSpan ObjectWithin = TimeSpan.FromHours(72);

    /// <summary>
    /// A move waits for the consent of both addresses. The new address may not be mailed if it is a user's already, or was asked too often.
    /// Then the state differs only by the missing mail. Nobody may learn from the answer, or from the numbers of later mails, that an
    /// address is known here.
    /// </summary>
    public static UserState Requested(UserState user, string userId, string email, bool mayMail, DateTimeOffset now)
    {
        var asked = WithQuestion(WithoutRequest(user) with { PendingEmail = email, PendingSince = now }, userId, now);
        return mayMail
            ? Notices.With(asked, userId, NotificationKind.AddressConfirmation, now, email)
            : asked with { LastNotification = asked.LastNotification + 1 };
    }

    /// <summary>The new address agrees; null when no such move waits any more.</summary>
    public static UserState? Confirmed(UserState user, string userId, string address, DateTimeOffset now)
    {
        if (!IsTo(user, address))
            return null;
        var confirmed = user with { MoveConfirmedAt = user.MoveConfirmedAt ?? now };
        // An older release, which asked no present address, wrote this request.
        return confirmed is { MoveAskedAt: null, MoveAllowedAt: null } && !confirmed.Notices.Any(MoveQuestion.Is)
            ? WithQuestion(confirmed, userId, now)
            : confirmed;
    }

    /// <summary>The present address agrees; null when no such move waits.</summary>
    public static UserState? Allowed(UserState user, string address, DateTimeOffset now) =>
        IsTo(user, address) ? Notices.WithoutMove(user) with { MoveAllowedAt = user.MoveAllowedAt ?? now } : null;

    /// <summary>
    /// The present address objects: nothing moves, and all tokens are void, also those of the person who asked. Null when no such move
    /// waits.
    /// </summary>
    public static UserState? Refused(UserState user, string address) =>
        IsTo(user, address) ? Lifecycle.TokensRotated(user) with { Version = user.Version + 1 } : null;

    public static bool IsDue(UserState user, DateTimeOffset now) =>
        user is { PendingEmail: not null, MoveConfirmedAt: not null }
            && (user.MoveAllowedAt is not null || now - user.MoveAskedAt >= ObjectWithin);

    /// <summary>Whether one of the two addresses did not agree in time.</summary>
    public static bool HasLapsed(UserState user, DateTimeOffset now) => now - user.PendingSince >= Lifecycle.ConfirmWithin;

    /// <summary>Cancels the move: mails go to the present address as before.</summary>
    public static UserState Withdrawn(UserState user) =>
        user.PendingEmail is null ? user : WithoutRequest(user) with { Version = user.Version + 1 };

    public static UserState WithoutRequest(UserState user) => user.PendingEmail is null ? user :
        Notices.WithoutMove(Notices.Without(user, NotificationKind.AddressConfirmation)) with
        {
            PendingEmail = null,
            PendingSince = null,
            MoveConfirmedAt = null,
            MoveAskedAt = null,
            MoveAllowedAt = null,
        };

    /// <summary>
    /// Makes the move. Tokens mailed to the old address are void, but it can take the move back. After several moves in a row, the first
    /// address can do that, so a thief gains nothing by moving twice.
    /// </summary>
    public static UserState Made(UserState user, string userId, string oldAddress, DateTimeOffset now)
    {
        var isTakenBack = user.FormerEmail is { } former && EmailAddressKey.Of(former) == EmailAddressKey.Of(user.Settings.Email);
        var isFirst = user.FormerEmail is null || HasSettled(user, now);
        var moved = Lifecycle.TokensRotated(user) with
        {
            FormerEmail = isTakenBack || user.Status is UserStatus.Unconfirmed ? null : isFirst ? oldAddress : user.FormerEmail,
            MovedAt = isTakenBack || user.Status is UserStatus.Unconfirmed ? null : isFirst ? now : user.MovedAt,
            DeadAddressRefusals = 0,
            SuppressedAt = null,
            Status = user.Status is UserStatus.Suppressed ? UserStatus.Active : user.Status,
        };
        // Two addresses get no mail about the move: one that never confirmed, and one from which the alerts are taken back.
        return user.Status is UserStatus.Unconfirmed ? Lifecycle.Confirmed(moved, userId, now)
            : isTakenBack ? moved
            : Notices.With(moved, userId, NotificationKind.AddressChanged, now, oldAddress);
    }

    /// <summary>Whether the time to take a move back is over.</summary>
    public static bool HasSettled(UserState user, DateTimeOffset now) => now - user.MovedAt >= LinkTokens.TakeBackLifetime;

    /// <summary>Removes the former address.</summary>
    public static UserState Settled(UserState user) => user.FormerEmail is null ? user : user with { FormerEmail = null, MovedAt = null };

    static bool IsTo(UserState user, string address) => user.PendingEmail is { } email && EmailAddressKey.Of(email) == address;

    /// <summary>An address that never confirmed belongs to nobody, so nobody is asked.</summary>
    static UserState WithQuestion(UserState user, string userId, DateTimeOffset now) => user.Status is UserStatus.Unconfirmed
        ? user with { MoveAllowedAt = now }
        : Notices.With(user, userId, NotificationKind.ManageLink, now, moveTo: EmailAddressKey.Of(user.PendingEmail!));
}
