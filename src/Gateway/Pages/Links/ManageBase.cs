using Alerts.Gateway.Pages.Shared;
using Alerts.Mail.Templates;
using Alerts.Tokens;
using Alerts.Users;
using Microsoft.AspNetCore.Components;

namespace Alerts.Gateway.Pages.Links;

/// <summary>A page of a manage link.</summary>
public abstract class ManageBase : PageBase
{
    [Parameter]
    public string Token { get; set; } = null!;

    /// <summary>The user of the link; null when it is not valid.</summary>
    protected UserView? Owner { get; private set; }

    protected MailFormat Format => Visitor.FormatIn(Owner!.Settings.TimeZone);

    /// <summary>
    /// The user of this current manage token; null when it never existed, was changed or made void, has expired, or its user is gone.
    /// </summary>
    public static async Task<UserView?> FindAsync(string token, HttpContext context)
    {
        var services = context.RequestServices;
        return await services.GetRequiredService<LinkTokens>().ReadAsync(token, LinkPurpose.Manage) is { } link
            && await services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(link.UserId).GetAsync() is { } user
            && user.TokenGeneration == link.Generation
                ? user
                : null;
    }

    protected override async Task LoadAsync() => Owner = await FindAsync(Token, Http);
}
