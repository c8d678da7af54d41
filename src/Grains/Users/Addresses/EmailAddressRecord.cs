using System.Text.Json.Serialization;

namespace Alerts.Users.Addresses;

/// <summary>The stored form of an address: the ids of its users.</summary>
public sealed class EmailAddressRecord
{
    /// <summary>The owner's id, or that of the newest unconfirmed user; null for an address without users.</summary>
    public string? UserId { get; init; }

    /// <summary>
    /// The users who enrolled the address before <see cref="UserId"/> and have not confirmed it, oldest first; null when there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Unconfirmed { get; init; }

    /// <summary>All users who claim the address, <see cref="UserId"/> last.</summary>
    public IEnumerable<string> All() => UserId is null ? [] : [.. Unconfirmed ?? [], UserId];

    /// <summary>The address of this user, beside others who wait.</summary>
    public static EmailAddressRecord Of(string userId, IEnumerable<string> others) =>
        Of([.. others.Where(id => id != userId), userId]);

    /// <summary>The record without one of its users; the same record when it does not have that user.</summary>
    public EmailAddressRecord Without(string userId) =>
        All().Contains(userId) ? Of([.. All().Where(id => id != userId)]) : this;

    static EmailAddressRecord Of(string[] all) => all is []
        ? new EmailAddressRecord()
        : new EmailAddressRecord { UserId = all[^1], Unconfirmed = all is [_] ? null : all[..^1] };
}
