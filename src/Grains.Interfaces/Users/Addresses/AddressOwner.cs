namespace Alerts.Users.Addresses;

/// <summary>What is known of an address that somebody wants to move to.</summary>
/// <param name="UserId">The user who has it, or null.</param>
/// <param name="MayMail">Whether a confirmation may be mailed there: nobody has it, and not too many were asked for lately.</param>
[GenerateSerializer, Immutable, Alias("Alerts.AddressOwner")]
public sealed record AddressOwner([property: Id(0)] string? UserId, [property: Id(1)] bool MayMail);
