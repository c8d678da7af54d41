using System.Security.Claims;
using Alerts.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Access.OperatorSignIn;

/// <summary>
/// An operator's cookie is a token, signed with the key that all gateways share. So one sign-in works at each gateway and after a restart.
/// It ends after <see cref="LinkTokens.OperatorLifetime"/>, or when its API key or setting is removed.
/// </summary>
sealed class OperatorTickets(LinkTokens tokens, ApiKeys keys, IOptions<OpenIdConnectSignInOptions> provider, LinkPurpose purpose,
    string scheme)
    : ISecureDataFormat<AuthenticationTicket>
{
    public string Protect(AuthenticationTicket data) =>
        tokens.Issue(purpose, data.Principal.FindFirstValue(AccessClaims.Subject)!, generation: 0);

    public string Protect(AuthenticationTicket data, string? purpose) => Protect(data);

    // Verifying a signature with a shared key needs no waiting, so the task has completed.
    public AuthenticationTicket? Unprotect(string? protectedText) =>
        tokens.ReadAsync(protectedText, purpose).GetAwaiter().GetResult() is { UserId: var name } && IsStillLetIn(name)
            ? new AuthenticationTicket(Operators.Named(name), scheme)
            : null;

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);

    bool IsStillLetIn(string name) => name.StartsWith(OpenIdConnectSignIn.NamePrefix, StringComparison.Ordinal)
        ? provider.Value.IsOn
        : keys.All.Any(key => key is { Scope: ApiKeyScope.Admin } && key.Name == name);
}
