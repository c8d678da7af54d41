namespace Alerts.Users.Channels;

/// <summary>What encrypts messages to one browser, as <c>PushSubscription.toJSON()</c> gives it.</summary>
/// <param name="P256dh">The browser's public key: base64url of 65 bytes.</param>
/// <param name="Auth">The secret it shares with this service: base64url of 16 bytes.</param>
[GenerateSerializer, Immutable, Alias("Alerts.PushKeys")]
public sealed record PushKeys([property: Id(0)] string P256dh, [property: Id(1)] string Auth);
