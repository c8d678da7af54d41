using Alerts.Gateway.Pages.Hosting;
using Alerts.Tokens;
using Alerts.Users;

namespace Alerts.Gateway.Pages.SignIn;

/// <summary>Signs people in by the button behind a mail's link, and out.</summary>
static class SignInActions
{
    /// <summary>Before the page of the same address, which would take any POST for one of its forms.</summary>
    const int First = -1;

    public static void Map(WebApplication app)
    {
        var actions = app.MapGroup("").DisableAntiforgery().ExcludeFromDescription();
        actions.MapPost("/sign-in/{token}", SignInAsync).WithOrder(First);
        actions.MapPost("/sign-in/again", SendAgainAsync).WithOrder(First);
        // A form of another site comes without the cookie, so it signs nobody out.
        actions.MapPost("/sign-out", SignOutAsync);
    }

    static async Task<IResult> SignInAsync(string token, HttpContext context, LinkTokens tokens, Sessions sessions) =>
        await tokens.ReadAsync(token, LinkPurpose.SignIn) is { SearchId: { } name } link
            && await sessions.OpenAsync(context, link.UserId, name) is not null
            ? new SeeOther(context.Request.PathBase + "/alerts")
            // The page for a link that is no longer valid.
            : new SeeOther(context.Request.PathBase + "/sign-in/used");

    /// <summary>For people who signed in long ago and want an action that needs the mailbox again.</summary>
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
