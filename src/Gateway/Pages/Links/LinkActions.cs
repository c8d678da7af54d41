using Alerts.Gateway.Limits;
using Alerts.Gateway.Pages.Hosting;
using Alerts.Gateway.Pages.Shared;
using Alerts.Tokens;
using Alerts.Users;
using Alerts.Users.Addresses;
using Alerts.Users.Channels;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Pages.Links;

/// <summary>
/// What the links of mails do, by POST alone: looking changes nothing, since mail scanners look. The token in the path is all there is: no
/// cookie, no login. Afterwards a browser is led to a page that it can look at again.
/// </summary>
static class LinkActions
{
    /// <summary>The form field by which the buttons of our own pages are known from the one click of a mail program.</summary>
    public const string PageField = "page";

    /// <summary>How often a move is made anew because the settings changed meanwhile.</summary>
    const int MaxAttempts = 10;

    const int MaxFormBytes = 100;

    /// <summary>Names the session that confirming opens.</summary>
    const string ConfirmationSession = "confirmation";

    /// <summary>Before the pages of the same addresses, which take any POST for a form of theirs.</summary>
    const int First = -1;

    public static void Map(WebApplication app)
    {
        var links = app.MapGroup("").DisableAntiforgery().ExcludeFromDescription();
        links.MapPost("/confirm/{token}", ConfirmAsync).WithOrder(First);
        links.MapPost("/move/{token}", (string token, HttpContext context, LinkTokens tokens, IGrainFactory grains) =>
            AnswerMoveAsync(token, context, tokens, grains, (user, link) => user.AllowMoveAsync(link.Address!, link.Generation))).WithOrder(First);
        links.MapPost("/move/{token}/refuse", (string token, HttpContext context, LinkTokens tokens, IGrainFactory grains) =>
            AnswerMoveAsync(token, context, tokens, grains, (user, link) => user.RefuseMoveAsync(link.Address!, link.Generation)));
        links.MapPost("/take-back/{token}", TakeBackAsync).WithOrder(First);
        links.MapPost("/manage/{token}/pause", (string token, HttpContext context) => ManageAsync(token, context, (user, _) => user.PauseAsync()));
        links.MapPost("/manage/{token}/resume", (string token, HttpContext context) => ManageAsync(token, context, (user, _) => user.ResumeAsync()));
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

    /// <summary>The page shows newer finds instead, when there are any by now: of those nobody has said to have seen them.</summary>
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
            // Whoever has the mail is the owner: the first press signs in, too. The link opens no second session.
            await sessions.OpenAsync(context, link.UserId, ConfirmationSession);
            return SeeAgain(context, $"/confirm/{token}");
        }

        if (await tokens.ReadAsync(token, LinkPurpose.Move) is not { } move)
            return NotValid(context);
        var user = grains.GetGrain<IUserGrain>(move.UserId);
        var answered = await user.ConfirmMoveAsync(move.Address!, move.Generation) ?? await user.GetAsync();
        // The button pressed twice finds the move made.
        return answered is not null && (IsAt(answered, move) || answered is { MoveIsConfirmed: true, PendingEmail: { } email } && EmailAddressKey.Of(email) == move.Address)
            ? SeeAgain(context, $"/confirm/{token}")
            : NotValid(context);
    }

    /// <summary>The present address agrees to a move, or objects; pressed twice, the page says again what became of it.</summary>
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
        // Whatever the new address rotates: this link stays good.
        return await MoveBackAsync(link, grains) switch
        {
            true => SeeAgain(context, $"/take-back/{token}"),
            false => NotValid(context),
            null => Page(context, StatusCodes.Status409Conflict, "confirm.busy.title", "confirm.busy"),
        };
    }

    /// <summary>Who reads a channel agrees that alerts come there.</summary>
    static async Task<IResult> AgreeAsync(string token, HttpContext context, LinkTokens tokens, IGrainFactory grains) =>
        await tokens.ReadAsync(token, LinkPurpose.Channel) is { SearchId: { } channel, Address: { } code } link
        && await grains.GetGrain<IUserGrain>(link.UserId).GetAsync() is { } user && user.TokenGeneration == link.Generation
        && await grains.GetGrain<IUserChannelsGrain>(link.UserId).ConfirmChannelAsync(channel, code) is not null
            ? SeeAgain(context, $"/channels/{token}")
            : NotValid(context);

    /// <summary>
    /// Moves the user back to the address the link was mailed to. False when it is too late or somebody else has it by now; null when others
    /// change the settings all the time.
    /// </summary>
    static async Task<bool?> MoveBackAsync(LinkToken link, IGrainFactory grains)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await grains.GetGrain<IUserGrain>(link.UserId).GetAsync() is not { } user)
                return false;
            // The button pressed twice.
            if (IsAt(user, link))
                return true;
            if (user.FormerEmail is not { } email || EmailAddressKey.Of(email) != link.Address)
                return false;
            var moved = await grains.GetGrain<IEmailAddressGrain>(link.Address).MoveAsync(user.Id, user.Settings with { Email = email }, user.Version);
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

    /// <summary>A manage link is for what is wanted at once; who wants more is mailed a link that signs in.</summary>
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
        // A mail program sends whatever it likes, and takes a redirect for a failure (RFC 8058).
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
            // Not a form, whatever its type says; not our button then.
            return false;
        }
    }

    static SeeOther SeeAgain(HttpContext context, string path) => new(context.Request.PathBase + path);

    /// <summary>The same for a link that never was, was altered or voided, has expired, or whose user is gone.</summary>
    static RazorComponentResult<LinkAnswer> NotValid(HttpContext context) => Page(context, StatusCodes.Status404NotFound, null);

    static RazorComponentResult<LinkAnswer> Page(HttpContext context, int status, string? title, string? text = null)
    {
        context.RequestServices.GetRequiredService<PageHeaders>().Write(context);
        return new RazorComponentResult<LinkAnswer>(new { Title = title, Text = text }) { StatusCode = status };
    }
}
