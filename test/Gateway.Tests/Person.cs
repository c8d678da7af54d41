namespace Alerts.Gateway.Tests;

/// <summary>Somebody enrolled.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The address.</param>
/// <param name="Token">The manage token.</param>
/// <param name="Api">A caller with that token.</param>
public sealed record Person(string Id, string Email, string Token, HttpClient Api)
{
    /// <summary>The user's resource.</summary>
    public string Url => $"/v1/users/{Id}";
}
