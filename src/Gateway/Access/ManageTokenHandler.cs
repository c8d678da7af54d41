using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Alerts.Tokens;
using Alerts.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Access;

/// <summary>
/// Authenticates a user by the manage token in <c>Authorization: Bearer</c>. A forged, expired or rotated token, and a token of a deleted
/// user, all fail in the same way.
/// </summary>
sealed class ManageTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    LinkTokens tokens, IGrainFactory grains)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var token = await tokens.ReadAsync(header[Prefix.Length..].Trim(), LinkPurpose.Manage);
        if (token is null || await grains.GetGrain<IUserGrain>(token.UserId).GetAsync() is not { } user
            || user.TokenGeneration != token.Generation)
            return AuthenticateResult.Fail("The token is not valid.");
        List<Claim> claims =
        [
            new(AccessClaims.Role, AccessClaims.Owner),
            new(AccessClaims.Subject, token.UserId),
            new(AccessClaims.Generation, token.Generation.ToString(CultureInfo.InvariantCulture)),
        ];
        if (token.IsOfMail)
            claims.Add(new Claim(AccessClaims.Link, ""));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name)),
            Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append("WWW-Authenticate", "Bearer");
        return Task.CompletedTask;
    }
}
