using Alerts.Gateway.Pages.Hosting;
using Alerts.Tokens;
using Alerts.Users;

namespace Alerts.Gateway.Pages.SignIn;

/// <summary>Signing in by the button behind a mail's link, and out.</summary>
static class SignInActions
{
    /// <summary>Before the page of the same address, which takes any POST for a form of its own.</summary>
    const int First = -1;

    public static void Map(WebApplication app)
    {
        var actions = app.MapGroup("").DisableAntiforgery().ExcludeFromDescription();
        actions.MapPost("/sign-in/{token}", SignInAsync).WithOrder(First);
        actions.MapPost("/sign-in/again", SendAgainAsync).WithOrder(First);
        // Another site's form comes without the cookie, so it signs nobody out.
        actions.MapPost("/sign-out", SignOutAsync);
    }

    static async Task<IResult> SignInAsync(string token, HttpContext context, LinkTokens tokens, Sessions sessions) =>
        await tokens.ReadAsync(token, LinkPurpose.SignIn) is { SearchId: { } name } link && await sessions.OpenAsync(context, link.UserId, name) is not null
            ? new SeeOther(context.Request.PathBase + "/alerts")
            // The page of a link that is not valid any more.
            : new SeeOther(context.Request.PathBase + "/sign-in/used");

    /// <summary>For somebody who is signed in since long, and wants something that needs the mailbox again.</summary>
    static async Task<IResult> SendAgainAsync(HttpContext context, Sessions sessions, IGrainFactory grains)
    {
        if (await sessions.FindAsync(context) is not { } signedIn)
            return new SeeOther(context.Request.PathBase + "/sign-in");
        await grains.GetGrain<IUserGrain>(signedIn.User.Id).SendSignInAsync();
        return new SeeOther(context.Request.PathBase + "/sign-in/sent");
    }

    static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions)
    {
        await sessions.EndAsync(context);
        return new SeeOther(context.Request.PathBase + "/");
    }
}
