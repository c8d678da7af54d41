namespace Alerts.Users.Addresses;

/// <summary>Asks that a user's mails go to another address, once its owner has confirmed it.</summary>
/// <param name="Email">The new address; null: no longer to any other.</param>
/// <param name="MayMail">Whether its owner may be mailed. When not, nothing is sent, and whoever asked sees no difference.</param>
[GenerateSerializer, Immutable, Alias("Alerts.AddressRequest")]
public sealed record AddressRequest([property: Id(0)] string? Email, [property: Id(1)] bool MayMail = false);
