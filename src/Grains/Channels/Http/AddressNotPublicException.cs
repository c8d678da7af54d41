namespace Alerts.Channels.Http;

/// <summary>The address of a channel is not part of the public internet.</summary>
sealed class AddressNotPublicException() : IOException("The address is not of the public internet.");
