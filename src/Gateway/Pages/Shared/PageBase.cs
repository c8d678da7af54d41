using Alerts.Configuration;
using Alerts.Gateway.Pages.Hosting;
using Alerts.Texts;
using Alerts.Tokens;
using Alerts.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>What every page has at hand.</summary>
public abstract class PageBase : ComponentBase
{
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    protected Visitor Visitor { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    protected IGrainFactory Grains { get; set; } = null!;

    [Inject]
    protected LinkTokens Tokens { get; set; } = null!;

    [Inject]
    IOptions<AlertsOptions> Options { get; set; } = null!;

    protected TimeSpan ReminderPeriod => Options.Value.ReminderPeriod;

    /// <summary>Sets the parameters, loads, and renders once: what is not loaded yet is not shown, not even as missing.</summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the page shows.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    protected TextCatalogue T => Visitor.Texts;

    protected IUserGrain User(string id) => Grains.GetGrain<IUserGrain>(id);

    /// <summary>Ends a POST at a page that can be looked at again; relative to the pages' base.</summary>
    protected void GoTo(string path) => Navigation.NavigateTo(path);

    /// <summary>Gives the page a status when it is sent; the framework would withhold the words of a 404 that it knows of earlier.</summary>
    protected void Answer(int status) => Http.Response.OnStarting(() =>
    {
        Http.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
