using Alerts.Gateway.Limits;
using Alerts.Gateway.Pages.Hosting;
using Alerts.Gateway.Pages.Shared;
using Alerts.Gateway.Pages.Shared.Listings;
using Alerts.Tokens;
using Alerts.Users;
using Alerts.Users.Addresses;
using Alerts.Users.Channels;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Pages.Links;

/// <summary>
/// The actions behind the links of mails, by POST only: mail scanners follow links, so a GET changes nothing. The token in the path is the
/// only permission: no cookie, no sign-in. Afterwards the browser is redirected to a page that can be loaded again.
/// </summary>
static class LinkActions
{
    /// <summary>The form field that tells our own pages' buttons from a mail program's one-click request.</summary>
    public const string PageField = "page";

    /// <summary>How often a move is tried again because the settings changed meanwhile.</summary>
    const int MaxAttempts = 10;

    const int MaxFormBytes = 100;

    /// <summary>The name of the session that a confirmation opens.</summary>
    const string ConfirmationSession = "confirmation";

    /// <summary>Before the pages of the same addresses, which would take any POST for one of their forms.</summary>
    const int First = -1;

    public static void Map(WebApplication app)
    {
        var links = app.MapGroup("").DisableAntiforgery().ExcludeFromDescription();
        links.MapPost("/confirm/{token}", ConfirmAsync).WithOrder(First);
        links.MapPost("/move/{token}", (string token, HttpContext context, LinkTokens tokens, IGrainFactory grains) =>
            AnswerMoveAsync(token, context, tokens, grains, (user, link) => user.AllowMoveAsync(link.Address!, link.Generation)))
                .WithOrder(First);
        links.MapPost("/move/{token}/refuse", (string token, HttpContext context, LinkTokens tokens, IGrainFactory grains) =>
            AnswerMoveAsync(token, context, tokens, grains, (user, link) => user.RefuseMoveAsync(link.Address!, link.Generation)));
        links.MapPost("/take-back/{token}", TakeBackAsync).WithOrder(First);
        links.MapPost("/manage/{token}/pause",
            (string token, HttpContext context) => ManageAsync(token, context, (user, _) => user.PauseAsync()));
        links.MapPost("/manage/{token}/resume",
            (string token, HttpContext context) => ManageAsync(token, context, (user, _) => user.ResumeAsync()));
        links.MapPost("/manage/{token}/searches/{searchId}/stop", (string token, string searchId, HttpContext context) =>
            ManageAsync(token, context, (user, _) => user.UnsubscribeAsync(searchId)));
        links.MapPost("/manage/{token}/searches/{searchId}/start", (string token, string searchId, HttpContext context) =>
            ManageAsync(token, context, (user, generation) => user.ResubscribeAsync(searchId, generation)));
        links.MapPost("/manage/{token}/searches/{searchId}/seen/{at:long}", SeenAsync);
        links.MapPost("/manage/{token}/sign-in", SendSignInAsync);
        links.MapPost("/channels/{token}", AgreeAsync).WithOrder(First);
        // The large mail providers send the clicks of all their people from few addresses; a refused one would come as a complaint next.
        links.MapPost("/unsubscribe/{token}", UnsubscribeAsync).WithOrder(First).WithMetadata(LimitedTo.Nothing);
        links.MapPost("/resubscribe/{token}", ResubscribeAsync).WithOrder(First);
    }

    /// <summary>If there are newer results by now, the page shows them instead: the person has not seen those yet.</summary>
    static async Task<IResult> SeenAsync(string token, string searchId, long at, HttpContext context, IGrainFactory grains)
    {
        if (await ManageBase.FindAsync(token, context) is not { } user || user.Settings.Searches.All(search => search.Id != searchId))
            return NotValid(context);
        var grain = grains.GetGrain<IUserGrain>(user.Id);
        var result = (await grain.PeekResultsAsync(FoundListings.MaxListings))?.FirstOrDefault(found => found.SearchId == searchId);
        if (result?.FetchedAt?.UtcTicks == at)
            await SeenListings.NoteAsync(grain, result);
        return SeeAgain(context, $"/manage/{token}/searches/{searchId}");
    }

    static async Task<IResult> ConfirmAsync(string token, HttpContext context, LinkTokens tokens, IGrainFactory grains, Sessions sessions)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.Confirm) is { } link)
        {
            if (await grains.GetGrain<IUserGrain>(link.UserId).ConfirmAsync(link.Generation) is null)
                return NotValid(context);
            // The person who has the mail is the owner, so the first press also signs in. The link opens no second session.
            await sessions.OpenAsync(context, link.UserId, ConfirmationSession);
            return SeeAgain(context, $"/confirm/{token}");
        }

        if (await tokens.ReadAsync(token, LinkPurpose.Move) is not { } move)
            return NotValid(context);
        var user = grains.GetGrain<IUserGrain>(move.UserId);
        var answered = await user.ConfirmMoveAsync(move.Address!, move.Generation) ?? await user.GetAsync();
        // On a second press the move is already made.
        return answered is not null
            && (IsAt(answered, move) || answered is { MoveIsConfirmed: true, PendingEmail: { } email }
                && EmailAddressKey.Of(email) == move.Address)
            ? SeeAgain(context, $"/confirm/{token}")
            : NotValid(context);
    }

    /// <summary>The present address agrees or objects to a move. On a second press, the page repeats the result.</summary>
    static async Task<IResult> AnswerMoveAsync(
        string token, HttpContext context, LinkTokens tokens, IGrainFactory grains, Func<IUserGrain, LinkToken, Task<UserView?>> answer)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.MoveAway) is not { Address: not null } link)
            return NotValid(context);
        await answer(grains.GetGrain<IUserGrain>(link.UserId), link);
        return SeeAgain(context, $"/move/{token}");
    }

    static bool IsAt(UserView user, LinkToken link) => EmailAddressKey.Of(user.Settings.Email) == link.Address;

    static async Task<IResult> TakeBackAsync(string token, HttpContext context, LinkTokens tokens, IGrainFactory grains)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.TakeBack) is not { } link)
            return NotValid(context);
        // This link stays valid, even if the new address rotates the tokens.
        return await MoveBackAsync(link, grains) switch
        {
            true => SeeAgain(context, $"/take-back/{token}"),
            false => NotValid(context),
            null => Page(context, StatusCodes.Status409Conflict, "confirm.busy.title", "confirm.busy"),
        };
    }

    /// <summary>A channel's reader agrees to the alerts.</summary>
    static async Task<IResult> AgreeAsync(string token, HttpContext context, LinkTokens tokens, IGrainFactory grains) =>
        await tokens.ReadAsync(token, LinkPurpose.Channel) is { SearchId: { } channel, Address: { } code } link
        && await grains.GetGrain<IUserGrain>(link.UserId).GetAsync() is { } user && user.TokenGeneration == link.Generation
        && await grains.GetGrain<IUserChannelsGrain>(link.UserId).ConfirmChannelAsync(channel, code) is not null
            ? SeeAgain(context, $"/channels/{token}")
            : NotValid(context);

    /// <summary>
    /// Moves the user back to the address to which the link was mailed. False when it is too late or the address belongs to another user by
    /// now; null when the settings change all the time.
    /// </summary>
    static async Task<bool?> MoveBackAsync(LinkToken link, IGrainFactory grains)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await grains.GetGrain<IUserGrain>(link.UserId).GetAsync() is not { } user)
                return false;
            // A second press.
            if (IsAt(user, link))
                return true;
            if (user.FormerEmail is not { } email || EmailAddressKey.Of(email) != link.Address)
                return false;
            var moved = await grains.GetGrain<IEmailAddressGrain>(link.Address)
                .MoveAsync(user.Id, user.Settings with { Email = email }, user.Version);
            if (moved.Outcome is not ReplaceOutcome.VersionConflict)
                return moved.Outcome is ReplaceOutcome.Replaced;
        }

        return null;
    }

    static async Task<IResult> ManageAsync(string token, HttpContext context, Func<IUserGrain, int, Task> change)
    {
        if (await ManageBase.FindAsync(token, context) is not { } user)
            return NotValid(context);
        await change(context.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(user.Id), user.TokenGeneration);
        return SeeAgain(context, $"/manage/{token}");
    }

    /// <summary>
    /// A manage link allows only actions that can be taken back at once; for more, the person gets a sign-in link by mail.
    /// </summary>
    static async Task<IResult> SendSignInAsync(string token, HttpContext context, IGrainFactory grains)
    {
        if (await ManageBase.FindAsync(token, context) is not { } user)
            return NotValid(context);
        await grains.GetGrain<IUserGrain>(user.Id).SendSignInAsync();
        return SeeAgain(context, "/sign-in/sent");
    }

    static async Task<IResult> UnsubscribeAsync(string token, HttpContext context, LinkTokens tokens, IGrainFactory grains)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.Unsubscribe) is not { } link)
            return NotValid(context);
        await grains.GetGrain<IUserGrain>(link.UserId).UnsubscribeAsync(link.SearchId);
        // A mail program may send anything, and takes a redirect for a failure (RFC 8058).
        return await IsOurButtonAsync(context)
            ? SeeAgain(context, $"/unsubscribe/{token}?undo={tokens.Issue(LinkPurpose.Undo, link.UserId, link.Generation, link.SearchId)}")
            : Page(context, StatusCodes.Status200OK, "unsubscribe.all.stopped.title");
    }

    static async Task<IResult> ResubscribeAsync(string token, HttpContext context, LinkTokens tokens, IGrainFactory grains) =>
        await tokens.ReadAsync(token, LinkPurpose.Undo) is { } link
        && await grains.GetGrain<IUserGrain>(link.UserId).ResubscribeAsync(link.SearchId, link.Generation)
            ? SeeAgain(context, $"/resubscribe/{token}")
            : NotValid(context);

    static async Task<bool> IsOurButtonAsync(HttpContext context)
    {
        if (context.Request is not { HasFormContentType: true, ContentLength: > 0 and < MaxFormBytes } request)
            return false;
        try
        {
            return (await request.ReadFormAsync(context.RequestAborted)).ContainsKey(PageField);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            // Not a form, whatever its content type says; so it is not our button.
            return false;
        }
    }

    static SeeOther SeeAgain(HttpContext context, string path) => new(context.Request.PathBase + path);

    /// <summary>The same answer for a link that never existed, was changed or made void, has expired, or whose user is gone.</summary>
    static RazorComponentResult<LinkAnswer> NotValid(HttpContext context) => Page(context, StatusCodes.Status404NotFound, null);

    static RazorComponentResult<LinkAnswer> Page(HttpContext context, int status, string? title, string? text = null)
    {
        context.RequestServices.GetRequiredService<PageHeaders>().Write(context);
        return new RazorComponentResult<LinkAnswer>(new { Title = title, Text = text }) { StatusCode = status };
    }
}
