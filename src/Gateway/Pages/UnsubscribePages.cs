using Alerts.Gateway.Limits;
using Alerts.Tokens;
using Alerts.Users;

namespace Alerts.Gateway.Pages;

/// <summary>
/// The way out that every mail links to: a page that asks, one-click by POST (RFC 8058), and the way back. The token in the path is all
/// there is: no cookie, no login, and whatever a POST's body holds is ignored, since the mail programs of this world differ in it.
/// </summary>
static class UnsubscribePages
{
    public static void MapUnsubscribePages(this WebApplication app)
    {
        app.MapGet("/unsubscribe/{token}", AskAsync).ExcludeFromDescription();
        // The large mail providers send the clicks of all their people from few addresses; a refused one would come as a complaint next.
        app.MapPost("/unsubscribe/{token}", UnsubscribeAsync).DisableAntiforgery().WithMetadata(LimitedTo.Nothing).ExcludeFromDescription();
        app.MapGet("/resubscribe/{token}", AskUndoAsync).ExcludeFromDescription();
        app.MapPost("/resubscribe/{token}", ResubscribeAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    static async Task<IResult> AskAsync(string token, LinkTokens tokens, IGrainFactory grains)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.Unsubscribe) is not { } link)
            return NotValid();
        if (link.SearchId is null)
            return Page.Of("Stop all alerts?", "<p>You will get no more product alerts. You can take this back.</p>" + Page.Button("Unsubscribe"));
        if (link.SearchId is LinkToken.Insights)
            return Page.Of("Stop the look back at prices?", "<p>You will get no more mails about prices that came down. Your alerts go on.</p>" + Page.Button("Stop these mails"));
        var user = await grains.GetGrain<IUserGrain>(link.UserId).GetAsync();
        var phrase = user?.Settings.Searches.FirstOrDefault(search => search.Id == link.SearchId)?.Phrase;
        var named = phrase is null ? "this search" : $"“{Page.Encode(phrase)}”";
        return Page.Of("Stop this search?", $"<p>You will get no more alerts for {named}. Your other searches go on.</p>" + Page.Button("Stop this search"));
    }

    static async Task<IResult> UnsubscribeAsync(string token, LinkTokens tokens, IGrainFactory grains)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.Unsubscribe) is not { } link)
            return NotValid();
        await grains.GetGrain<IUserGrain>(link.UserId).UnsubscribeAsync(link.SearchId);
        var undo = tokens.Issue(LinkPurpose.Undo, link.UserId, link.Generation, link.SearchId);
        var (title, done) = link.SearchId switch
        {
            null => ("Unsubscribed", "You will get no more product alerts."),
            LinkToken.Insights => ("Stopped", "You will get no more mails about prices that came down."),
            _ => ("Stopped", "You will get no more alerts for this search."),
        };
        return Page.Of(title, $"<p>{done}</p>" + Page.Button("Undo", $"/resubscribe/{undo}"));
    }

    static async Task<IResult> AskUndoAsync(string token, LinkTokens tokens) => await tokens.ReadAsync(token, LinkPurpose.Undo) is null
        ? NotValid()
        : Page.Of("Get the alerts again?", "<p>Your alerts will be sent again as you had set them.</p>" + Page.Button("Get the alerts again"));

    static async Task<IResult> ResubscribeAsync(string token, LinkTokens tokens, IGrainFactory grains) =>
        await tokens.ReadAsync(token, LinkPurpose.Undo) is { } link
        && await grains.GetGrain<IUserGrain>(link.UserId).ResubscribeAsync(link.SearchId, link.Generation)
            ? Page.Of("Welcome back", "<p>Your alerts are sent again as you had set them.</p>")
            : NotValid();

    /// <summary>The same for a link that never was, was altered, has expired, or whose user is gone.</summary>
    static IResult NotValid() =>
        Page.Of("This link is not valid", "<p>It may have been cut off on the way, or it is too old. The newest mail has one that works.</p>", StatusCodes.Status404NotFound);
}
