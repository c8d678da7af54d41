using Alerts.Mail.Templates;
using Alerts.Users;
using Alerts.Users.Sessions;
using Microsoft.AspNetCore.Components;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>A page for who is signed in; everybody else is led to the sign-in.</summary>
public abstract class MemberBase : PageBase
{
    protected UserView Me { get; set; } = null!;

    protected string SessionId { get; private set; } = null!;

    protected MailFormat Format => Visitor.FormatIn(Me.Settings.TimeZone);

    protected IUserGrain MyGrain => User(Me.Id);

    public override Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (Http.Features.Get<SignedIn>() is not { } signedIn)
        {
            GoTo("sign-in");
            return Task.CompletedTask;
        }

        (Me, SessionId) = (signedIn.User, signedIn.SessionId);
        return base.SetParametersAsync(parameters);
    }
}
