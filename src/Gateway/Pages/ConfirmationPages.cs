using Alerts.Tokens;

namespace Alerts.Gateway.Pages;

/// <summary><c>/confirm/{token}</c>: the link of a confirmation mail. Looking changes nothing, since mail scanners look; the button confirms.</summary>
static class ConfirmationPages
{
    public static void MapConfirmation(this WebApplication app)
    {
        app.MapGet("/confirm/{token}", AskAsync).ExcludeFromDescription();
        app.MapPost("/confirm/{token}", ConfirmAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    static async Task<IResult> AskAsync(string token, LinkTokens tokens) => await tokens.ReadAsync(token, LinkPurpose.Confirm) is null
        ? NotValid()
        : Page.Of("Confirm your product alerts", "<p>One click, and the alerts begin. If it was not you who asked for them, close this page: nothing will be sent.</p>" + Page.Button("Confirm my alerts"));

    static async Task<IResult> ConfirmAsync(string token, LinkTokens tokens, IGrainFactory grains)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.Confirm) is not { } read
            || await grains.GetGrain<IUserGrain>(read.UserId).ConfirmAsync(read.Generation) is not { } user)
            return NotValid();
        var manage = tokens.Issue(LinkPurpose.Manage, user.Id, user.TokenGeneration);
        return Page.Of("Your product alerts are on", $"<p>The first mail is on its way.</p><p><a class=\"button\" href=\"/manage/{manage}\">See and change my alerts</a></p>");
    }

    /// <summary>The same for a link that is old, altered, or of a user who is gone.</summary>
    static IResult NotValid() => Page.Of("This link is not valid any more", "<p>Ask for the alerts again to get a new one.</p>", StatusCodes.Status404NotFound);
}
