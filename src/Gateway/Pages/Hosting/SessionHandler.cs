using System.Security.Claims;
using System.Text.Encodings.Web;
using Alerts.Gateway.Access;
using Alerts.Users.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>
/// Authenticates people who are signed in at the pages. The API accepts no cookies, so that pages of other sites cannot call it.
/// </summary>
sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Session";

    /// <summary>Role of a signed-in person.</summary>
    const string Person = "person";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await sessions.FindAsync(Context) is not { } signedIn)
            return AuthenticateResult.NoResult();
        Context.Features.Set<SignedIn>(signedIn);
        Claim[] claims = [new(AccessClaims.Role, Person), new(AccessClaims.Subject, signedIn.User.Id)];
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name)),
            Scheme.Name));
    }
}
