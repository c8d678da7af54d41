namespace Alerts.Channels.Http;

/// <summary>A channel leads to an address that is not of the public internet.</summary>
sealed class AddressNotPublicException() : IOException("The address is not of the public internet.");
