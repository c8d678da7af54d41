namespace Alerts.Users.Addresses;

/// <summary>The stored form of an address: whose it is.</summary>
public sealed class EmailAddressRecord
{
    /// <summary>The user's id, or null.</summary>
    public string? UserId { get; set; }
}
