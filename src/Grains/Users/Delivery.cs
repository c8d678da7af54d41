using Alerts.Email;

namespace Alerts.Users;

/// <summary>What the mail server's answer means for a user. Pure.</summary>
public static class Delivery
{
    /// <summary>Refusals of a dead address in a row after which it is left alone.</summary>
    public const int SuppressAfterRefusals = 3;

    /// <summary>How long a deferred mail is tried again before it is given up (RFC 5321, 4.5.4.1 asks for days; alerts older than one are no news).</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    static readonly TimeSpan firstDelay = TimeSpan.FromMinutes(1);
    static readonly TimeSpan longestDelay = TimeSpan.FromHours(1);

    /// <summary>The user after an attempt to send what its outbox holds.</summary>
    public static UserState After(UserState user, DeliveryResult result, DateTimeOffset now) => result switch
    {
        DeliveryResult.Accepted => user with { Outbox = null, DeadAddressRefusals = 0 },
        DeliveryResult.Refused { AddressIsDead: true } => user with
        {
            Outbox = null,
            DeadAddressRefusals = user.DeadAddressRefusals + 1,
            Status = user.DeadAddressRefusals + 1 >= SuppressAfterRefusals ? UserStatus.Suppressed : user.Status,
        },
        DeliveryResult.Refused => user with { Outbox = null },
        _ when now - user.Outbox!.Notification.CreatedAt >= GiveUpAfter => user with { Outbox = null },
        _ => user with { Outbox = Later(user.Outbox!, now) },
    };

    static OutboxEntry Later(OutboxEntry entry, DateTimeOffset now)
    {
        var delay = firstDelay * Math.Pow(2, Math.Min(entry.Attempts, 10));
        return entry with { Attempts = entry.Attempts + 1, NextAttemptAt = now + (delay < longestDelay ? delay : longestDelay) };
    }
}
