using System.Security.Cryptography;
using System.Text;
using Alerts.Configuration;
using Alerts.Users;
using Alerts.Users.Sessions;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>
/// The browsers that are signed in. The cookie has the user's id and a secret of 256 bits; the user's state has the secret's hash. So any
/// gateway finds the session, a restart ends none, and erasing the user removes it.
/// </summary>
sealed class Sessions(IGrainFactory grains, IOptions<AlertsOptions> alerts)
{
    const string CookieName = "alerts-session";
    const int SecretBytes = 32;
    const int MaxCookieLength = 128;
    const int MaxBrowserLength = 80;

    /// <summary>Signs this browser in by a link; null when the link was used before, or its user is gone.</summary>
    public async Task<UserView?> OpenAsync(HttpContext context, string userId, string linkId)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        if (await grains.GetGrain<IUserGrain>(userId).OpenSessionAsync(linkId, HashOf(secret), BrowserOf(context)) is not { } user)
            return null;
        context.Response.Cookies.Append(CookieName, $"{userId}.{secret}", Cookie(context, WebSessions.Lifetime));
        return user;
    }

    /// <summary>The person signed in with this browser; null for nobody.</summary>
    public async Task<SignedIn?> FindAsync(HttpContext context) =>
        context.Request.Cookies[CookieName] is { Length: <= MaxCookieLength } cookie
        && cookie.Split('.') is [var userId, var secret] && UserId.IsValid(userId)
            ? await grains.GetGrain<IUserGrain>(userId).FindSessionAsync(HashOf(secret))
            : null;

    /// <summary>Signs this browser out.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } signedIn)
            await grains.GetGrain<IUserGrain>(signedIn.User.Id).EndSessionAsync(signedIn.SessionId);
        context.Response.Cookies.Delete(CookieName, Cookie(context, null));
    }

    /// <summary>Lax, so that a mail's link opens pages while signed in; a form of another site is sent without the cookie.</summary>
    CookieOptions Cookie(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = alerts.Value.CookiePolicy() is CookieSecurePolicy.Always || context.Request.IsHttps,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        MaxAge = lifetime,
        IsEssential = true,
    };

    static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The last words of the user agent name the browser; its first brackets name the system.</summary>
    static string BrowserOf(HttpContext context)
    {
        var agent = new string([.. context.Request.Headers.UserAgent.ToString().Where(character => character is >= ' ' and <= '~')]);
        return agent.Length <= MaxBrowserLength ? agent : agent[..MaxBrowserLength];
    }
}
