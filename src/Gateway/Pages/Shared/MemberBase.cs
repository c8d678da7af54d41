using Alerts.Mail.Templates;
using Alerts.Users;
using Alerts.Users.Sessions;
using Microsoft.AspNetCore.Components;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>A page for signed-in people; everybody else is redirected to the sign-in.</summary>
public abstract class MemberBase : PageBase
{
    /// <summary>
    /// For this long after signing in, a person may change the address and erase everything: the mailbox was theirs a moment ago.
    /// </summary>
    static readonly TimeSpan freshFor = TimeSpan.FromMinutes(15);

    DateTimeOffset openedAt;

    [Inject]
    TimeProvider Clock { get; set; } = null!;

    protected UserView Me { get; set; } = null!;

    protected string SessionId { get; private set; } = null!;

    protected MailFormat Format => Visitor.FormatIn(Me.Settings.TimeZone);

    protected IUserGrain MyGrain => User(Me.Id);

    protected bool IsFresh => Clock.GetUtcNow() - openedAt <= freshFor;

    public override Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (Http.Features.Get<SignedIn>() is not { } signedIn)
        {
            GoTo("sign-in");
            return Task.CompletedTask;
        }

        (Me, SessionId, openedAt) = (signedIn.User, signedIn.SessionId, signedIn.OpenedAt);
        return base.SetParametersAsync(parameters);
    }
}
