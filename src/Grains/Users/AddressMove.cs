using Alerts.Outbox;
using Alerts.State;
using Alerts.Tokens;
using Alerts.Users.Addresses;

namespace Alerts.Users;

/// <summary>
/// A user's way to another address: the present one is asked first, then the other. It is made when both agreed, or when the other one did
/// and the present one, which got the question, said nothing for <see cref="ObjectWithin"/>. Pure.
/// </summary>
public static class AddressMove
{
    /// <summary>How long the present address has to object, from when its mail server took the question.</summary>
    public static readonly TimeSpan ObjectWithin = TimeSpan.FromHours(72);

    /// <summary>
    /// Another address waits for both owners' word. When the other one may not be mailed, being a user here or having been asked too often,
    /// the user looks the same but for the mail: whose address is known must not show, not even in the numbers of later mails.
    /// </summary>
    public static UserState Requested(UserState user, string userId, string email, bool mayMail, DateTimeOffset now)
    {
        var asked = WithQuestion(WithoutRequest(user) with { PendingEmail = email, PendingSince = now }, userId, now);
        return mayMail
            ? Notices.With(asked, userId, NotificationKind.AddressConfirmation, now, email)
            : asked with { LastNotification = asked.LastNotification + 1 };
    }

    /// <summary>The other address agrees; null when it is not wanted there any more.</summary>
    public static UserState? Confirmed(UserState user, string userId, string address, DateTimeOffset now)
    {
        if (!IsTo(user, address))
            return null;
        var confirmed = user with { MoveConfirmedAt = user.MoveConfirmedAt ?? now };
        // A release that asked nobody has written the request.
        return confirmed is { MoveAskedAt: null, MoveAllowedAt: null } && !confirmed.Notices.Any(MoveQuestion.Is)
            ? WithQuestion(confirmed, userId, now)
            : confirmed;
    }

    /// <summary>The present address agrees; null when no such move waits.</summary>
    public static UserState? Allowed(UserState user, string address, DateTimeOffset now) =>
        IsTo(user, address) ? Notices.WithoutMove(user) with { MoveAllowedAt = user.MoveAllowedAt ?? now } : null;

    /// <summary>The present address objects: nothing moves, and whoever asked has no token any more. Null when no such move waits.</summary>
    public static UserState? Refused(UserState user, string address) =>
        IsTo(user, address) ? Lifecycle.TokensRotated(user) with { Version = user.Version + 1 } : null;

    /// <summary>Whether the move is to be made by now.</summary>
    public static bool IsDue(UserState user, DateTimeOffset now) =>
        user is { PendingEmail: not null, MoveConfirmedAt: not null } && (user.MoveAllowedAt is not null || now - user.MoveAskedAt >= ObjectWithin);

    /// <summary>Whether one of the two addresses did not agree in time.</summary>
    public static bool HasLapsed(UserState user, DateTimeOffset now) => now - user.PendingSince >= Lifecycle.ConfirmWithin;

    /// <summary>Mails go where they went: the other address is not moved to any more.</summary>
    public static UserState Withdrawn(UserState user) => user.PendingEmail is null ? user : WithoutRequest(user) with { Version = user.Version + 1 };

    /// <summary>The user without a move that waits.</summary>
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
    /// The move is made. Tokens mailed to the old address are void; it can take the move back. Of moves in a row the first can be: a thief
    /// who moves twice gains nothing.
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
        // An address that never confirmed is not told where its alerts went, nor one that they are taken back from.
        return user.Status is UserStatus.Unconfirmed ? Lifecycle.Confirmed(moved, userId, now)
            : isTakenBack ? moved
            : Notices.With(moved, userId, NotificationKind.AddressChanged, now, oldAddress);
    }

    /// <summary>Whether a move cannot be taken back any more.</summary>
    public static bool HasSettled(UserState user, DateTimeOffset now) => now - user.MovedAt >= LinkTokens.TakeBackLifetime;

    /// <summary>The address before is forgotten.</summary>
    public static UserState Settled(UserState user) => user.FormerEmail is null ? user : user with { FormerEmail = null, MovedAt = null };

    static bool IsTo(UserState user, string address) => user.PendingEmail is { } email && EmailAddressKey.Of(email) == address;

    /// <summary>An address that never confirmed is nobody's, so nobody is asked.</summary>
    static UserState WithQuestion(UserState user, string userId, DateTimeOffset now) => user.Status is UserStatus.Unconfirmed
        ? user with { MoveAllowedAt = now }
        : Notices.With(user, userId, NotificationKind.ManageLink, now, moveTo: EmailAddressKey.Of(user.PendingEmail!));
}
