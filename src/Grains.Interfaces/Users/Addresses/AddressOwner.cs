namespace Alerts.Users.Addresses;

/// <summary>What is known about an address to which a user wants to move.</summary>
/// <param name="UserId">The user who has it, or null.</param>
/// <param name="MayMail">
/// Whether a confirmation may be mailed there: it has no user, and not too many confirmations were asked for recently.
/// </param>
[GenerateSerializer, Immutable, Alias("Alerts.AddressOwner")]
public sealed record AddressOwner([property: Id(0)] string? UserId, [property: Id(1)] bool MayMail);
