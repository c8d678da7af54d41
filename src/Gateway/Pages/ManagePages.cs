using System.Globalization;
using Alerts.Settings;
using Alerts.Tokens;
using Alerts.Users;

namespace Alerts.Gateway.Pages;

/// <summary>
/// <c>/manage/{token}</c>: the manage link of every mail. It shows what is set, and has a button for what people want at once: pause,
/// go on, erase. Everything else is the API's, with the same token. Looking changes nothing, since mail scanners look.
/// </summary>
static class ManagePages
{
    public static void MapManagePages(this WebApplication app)
    {
        app.MapGet("/manage/{token}", ShowAsync).ExcludeFromDescription();
        app.MapPost("/manage/{token}/pause", PauseAsync).DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("/manage/{token}/resume", ResumeAsync).DisableAntiforgery().ExcludeFromDescription();
        app.MapGet("/manage/{token}/erase", AskEraseAsync).ExcludeFromDescription();
        app.MapPost("/manage/{token}/erase", EraseAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    static async Task<IResult> ShowAsync(string token, LinkTokens tokens, IGrainFactory grains) =>
        await FindAsync(token, tokens, grains) is { } user ? Overview(user, token) : NotValid();

    static async Task<IResult> PauseAsync(string token, LinkTokens tokens, IGrainFactory grains) =>
        await FindAsync(token, tokens, grains) is { } user && await User(user.Id, grains).PauseAsync() is { } paused ? Overview(paused, token) : NotValid();

    static async Task<IResult> ResumeAsync(string token, LinkTokens tokens, IGrainFactory grains) =>
        await FindAsync(token, tokens, grains) is { } user && await User(user.Id, grains).ResumeAsync() is { } resumed ? Overview(resumed, token) : NotValid();

    static async Task<IResult> AskEraseAsync(string token, LinkTokens tokens, IGrainFactory grains) => await FindAsync(token, tokens, grains) is null
        ? NotValid()
        : Page.Of("Delete everything?", "<p>Your alerts, their history and your address will be deleted. This cannot be taken back.</p>" + Page.Button("Delete everything"));

    static async Task<IResult> EraseAsync(string token, LinkTokens tokens, IGrainFactory grains)
    {
        if (await FindAsync(token, tokens, grains) is not { } user)
            return NotValid();
        await User(user.Id, grains).DeleteAsync();
        return Page.Of("Deleted", Lifecycle.GetsGoodbye(user.Status)
            ? "<p>Your alerts and their history are gone. One last mail confirms it; then your address is forgotten, too.</p>"
            : "<p>Nothing about you is kept.</p>");
    }

    /// <summary>The user whose current manage token this is; null for any other token.</summary>
    public static async Task<UserView?> FindAsync(string token, LinkTokens tokens, IGrainFactory grains) =>
        await tokens.ReadAsync(token, LinkPurpose.Manage) is { } link
        && await User(link.UserId, grains).GetAsync() is { } user && user.TokenGeneration == link.Generation
            ? user
            : null;

    static IResult Overview(UserView user, string token)
    {
        var searches = string.Concat(user.Settings.Searches.Select(search => $"<li>{Page.Encode(search.Phrase)} ({Page.Encode(search.Marketplace)})</li>"));
        var pending = user.PendingEmail is { } email ? $"<p>They will go to {Page.Encode(email)} once the link mailed there is followed.</p>" : "";
        var path = "/manage/" + Uri.EscapeDataString(token);
        var button = user.Status switch
        {
            UserStatus.Unconfirmed => "",
            UserStatus.Active => Page.Button("Pause all alerts", path + "/pause"),
            _ => Page.Button("Go on with my alerts", path + "/resume"),
        };
        return Page.Of("Your product alerts", string.Create(CultureInfo.InvariantCulture, $"""
            <p>For {Page.Encode(user.Settings.Email)}, checked every {user.Settings.FrequencyMinutes} minutes, {user.Status.JsonName()}.</p>
            {pending}<ul>{searches}</ul>{button}
            <p><a href="{path}/erase">Delete everything</a></p>
            <p>Programs change all settings at <code>/v1/users/{user.Id}</code> with the token of this page's address.</p>
            """));
    }

    static IUserGrain User(string id, IGrainFactory grains) => grains.GetGrain<IUserGrain>(id);

    /// <summary>The same for a link that never was, was altered or voided, has expired, or whose user is gone.</summary>
    public static IResult NotValid() => Page.Of("This link is not valid", "<p>It may be too old. The newest mail has one that works.</p>", StatusCodes.Status404NotFound);
}
