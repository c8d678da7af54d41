using System.Security.Claims;
using Alerts.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Access;

/// <summary>
/// An operator's cookie as a token signed with the key that all gateways share: one sign-in holds at each of them and over a restart, and
/// ends by itself after <see cref="LinkTokens.OperatorLifetime"/>, or with the API key or the setting that let the operator in.
/// </summary>
sealed class OperatorTickets(LinkTokens tokens, ApiKeys keys, IOptions<OpenIdConnectSignInOptions> provider, LinkPurpose purpose, string scheme)
    : ISecureDataFormat<AuthenticationTicket>
{
    public string Protect(AuthenticationTicket data) => tokens.Issue(purpose, data.Principal.FindFirstValue(AccessClaims.Subject)!, generation: 0);

    public string Protect(AuthenticationTicket data, string? purpose) => Protect(data);

    // Checking a signature made with a shared key waits for nothing.
    public AuthenticationTicket? Unprotect(string? protectedText) =>
        tokens.ReadAsync(protectedText, purpose).GetAwaiter().GetResult() is { UserId: var name } && IsStillLetIn(name)
            ? new AuthenticationTicket(Operators.Named(name), scheme)
            : null;

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);

    bool IsStillLetIn(string name) => name.StartsWith(OpenIdConnectSignIn.NamePrefix, StringComparison.Ordinal)
        ? provider.Value.IsOn
        : keys.All.Any(key => key is { Scope: ApiKeyScope.Admin } && key.Name == name);
}
