namespace Alerts.Users.Addresses;

/// <summary>A request to send a user's mails to another address after its owner confirmed it.</summary>
/// <param name="Email">The new address; null cancels an earlier request.</param>
/// <param name="MayMail">
/// Whether the new address may be mailed. If not, nothing is sent, and the person who asked sees no difference.
/// </param>
[GenerateSerializer, Immutable, Alias("Alerts.AddressRequest")]
public sealed record AddressRequest([property: Id(0)] string? Email, [property: Id(1)] bool MayMail = false);
