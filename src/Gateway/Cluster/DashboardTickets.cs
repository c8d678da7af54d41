using System.Security.Claims;
using Alerts.Gateway.Access;
using Alerts.Tokens;
using Microsoft.AspNetCore.Authentication;

namespace Alerts.Gateway.Cluster;

/// <summary>
/// The dashboard's cookie as a token signed with the key that all gateways share: one sign-in holds at each of them and over a restart,
/// and ends by itself after <see cref="LinkTokens.DashboardLifetime"/>, or with the API key it was given for.
/// </summary>
sealed class DashboardTickets(LinkTokens tokens, ApiKeys keys) : ISecureDataFormat<AuthenticationTicket>
{
    /// <summary>An administrator, named by the number of the API key.</summary>
    public static ClaimsPrincipal Administrator(string name) =>
        new(new ClaimsIdentity([new Claim(AccessClaims.Role, AccessClaims.Administrator), new Claim(AccessClaims.Subject, name)], DashboardHosting.Cookie));

    public string Protect(AuthenticationTicket data) => tokens.Issue(LinkPurpose.Dashboard, data.Principal.FindFirstValue(AccessClaims.Subject)!, generation: 0);

    public string Protect(AuthenticationTicket data, string? purpose) => Protect(data);

    // Checking a signature made with a shared key waits for nothing.
    public AuthenticationTicket? Unprotect(string? protectedText) =>
        tokens.ReadAsync(protectedText, LinkPurpose.Dashboard).GetAwaiter().GetResult() is { } token
        && keys.All.Any(key => key is { Scope: ApiKeyScope.Admin } && key.Name == token.UserId)
            ? new AuthenticationTicket(Administrator(token.UserId), DashboardHosting.Cookie)
            : null;

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
