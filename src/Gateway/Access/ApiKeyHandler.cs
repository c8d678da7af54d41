using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Access;

/// <summary>Authenticates an administrator by the key in <c>X-Api-Key</c>.</summary>
sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys,
    ApiKeyUse use)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The request header that carries the key.</summary>
    public const string Header = "X-Api-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var values))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (values is not [{ Length: > 0 } key] || keys.Find(key) is not { } known)
            return Task.FromResult(AuthenticateResult.Fail("The API key is not known."));
        // The name represents the key in limits and logs; the key itself is never written.
        use.Note(known.Name);
        Claim[] claims =
        [
            new(AccessClaims.Role, AccessClaims.Administrator),
            new(AccessClaims.Subject, known.Name),
            new(AccessClaims.Scope, known.Scope.ToString()),
        ];
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name, AccessClaims.Subject, AccessClaims.Role));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append("WWW-Authenticate", "ApiKey");
        return Task.CompletedTask;
    }
}
