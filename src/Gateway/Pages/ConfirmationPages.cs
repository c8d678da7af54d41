using Alerts.Tokens;
using Alerts.Users;
using Alerts.Users.Addresses;

namespace Alerts.Gateway.Pages;

/// <summary>
/// <c>/confirm/{token}</c>: the link of a confirmation mail, of a new user or of a new address. Looking changes nothing, since mail
/// scanners look; the button confirms.
/// </summary>
static class ConfirmationPages
{
    /// <summary>How often a move is made anew because the settings changed meanwhile.</summary>
    const int MaximumAttempts = 10;

    public static void MapConfirmation(this WebApplication app)
    {
        app.MapGet("/confirm/{token}", AskAsync).ExcludeFromDescription();
        app.MapPost("/confirm/{token}", ConfirmAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    static async Task<IResult> AskAsync(string token, LinkTokens tokens)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.Confirm) is not null)
            return Page.Of("Confirm your product alerts", "<p>One click, and the alerts begin. If it was not you who asked for them, close this page: nothing will be sent.</p>" + Page.Button("Confirm my alerts"));
        return await tokens.ReadAsync(token, LinkPurpose.Move) is not null
            ? Page.Of("Confirm this address", "<p>One click, and the alerts come to this address. If it was not you who asked for that, close this page: nothing will be sent.</p>" + Page.Button("Confirm this address"))
            : NotValid();
    }

    static async Task<IResult> ConfirmAsync(string token, LinkTokens tokens, IGrainFactory grains)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.Confirm) is { } link)
            return await grains.GetGrain<IUserGrain>(link.UserId).ConfirmAsync(link.Generation) is { } user
                ? Done("Your product alerts are on", "The first mail is on its way.", user, tokens)
                : NotValid();
        return await tokens.ReadAsync(token, LinkPurpose.Move) is { } move ? await MoveAsync(move, tokens, grains) : NotValid();
    }

    /// <summary>Moves the user to the address the link was mailed to, if that is still wanted and nobody else has it by now.</summary>
    static async Task<IResult> MoveAsync(LinkToken link, LinkTokens tokens, IGrainFactory grains)
    {
        for (var attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            if (await grains.GetGrain<IUserGrain>(link.UserId).GetAsync() is not { } user)
                return NotValid();
            // The button pressed twice; a new manage link is for the first time alone, since the move voided this one.
            if (EmailAddressKey.Of(user.Settings.Email) == link.Address)
                return Page.Of("Your product alerts come here", "<p>This address is confirmed.</p>");
            if (user.TokenGeneration != link.Generation || user.PendingEmail is not { } email || EmailAddressKey.Of(email) != link.Address)
                return NotValid();
            var moved = await grains.GetGrain<IEmailAddressGrain>(link.Address).MoveAsync(user.Id, user.Settings with { Email = email }, user.Version);
            if (moved.Outcome is ReplaceOutcome.Replaced)
                return Done("Your product alerts come here", "The address before has been told.", moved.User!, tokens);
            if (moved.Outcome is not ReplaceOutcome.VersionConflict)
                return NotValid();
        }

        return Page.Of("Please try again", "<p>Your settings were being changed. Press the button once more.</p>" + Page.Button("Confirm this address"), StatusCodes.Status409Conflict);
    }

    static IResult Done(string title, string text, UserView user, LinkTokens tokens)
    {
        var manage = tokens.Issue(LinkPurpose.Manage, user.Id, user.TokenGeneration);
        return Page.Of(title, $"<p>{text}</p><p><a class=\"button\" href=\"/manage/{manage}\">See and change my alerts</a></p>");
    }

    /// <summary>The same for a link that is old, altered, or of a user who is gone.</summary>
    static IResult NotValid() => Page.Of("This link is not valid any more", "<p>Ask again to get a new one.</p>", StatusCodes.Status404NotFound);
}
