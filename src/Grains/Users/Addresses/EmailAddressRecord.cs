using System.Text.Json.Serialization;

namespace Alerts.Users.Addresses;

/// <summary>The stored form of an address: whose it is.</summary>
public sealed class EmailAddressRecord
{
    /// <summary>The owner's id, or the newest of those who are not confirmed; null: nobody's.</summary>
    public string? UserId { get; init; }

    /// <summary>Who enrolled the address before <see cref="UserId"/> and has not confirmed it either, the oldest first; null: nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Unconfirmed { get; init; }

    /// <summary>All who claim the address, <see cref="UserId"/> last.</summary>
    public IEnumerable<string> All() => UserId is null ? [] : [.. Unconfirmed ?? [], UserId];

    /// <summary>The address as a user's, beside others who wait.</summary>
    public static EmailAddressRecord Of(string userId, IEnumerable<string> others) =>
        Of([.. others.Where(id => id != userId), userId]);

    /// <summary>The address without one of its users; this very record when it was not one of them.</summary>
    public EmailAddressRecord Without(string userId) =>
        All().Contains(userId) ? Of([.. All().Where(id => id != userId)]) : this;

    static EmailAddressRecord Of(string[] all) => all is []
        ? new EmailAddressRecord()
        : new EmailAddressRecord { UserId = all[^1], Unconfirmed = all is [_] ? null : all[..^1] };
}
