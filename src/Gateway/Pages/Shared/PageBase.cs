using Alerts.Configuration;
using Alerts.Gateway.Pages.Hosting;
using Alerts.Texts;
using Alerts.Tokens;
using Alerts.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>What all pages share.</summary>
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

    /// <summary>
    /// Sets the parameters, loads, and renders once. Without its data, nothing is shown, not even that something is missing.
    /// </summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads the data of the page.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    protected TextCatalogue T => Visitor.Texts;

    protected IUserGrain User(string id) => Grains.GetGrain<IUserGrain>(id);

    /// <summary>Ends a POST with a redirect to a page that can be loaded again; relative to the pages' base.</summary>
    protected void GoTo(string path) => Navigation.NavigateTo(path);

    /// <summary>Sets the status when the answer is sent. If it knew of a 404 earlier, the framework would suppress the page.</summary>
    protected void Answer(int status) => Http.Response.OnStarting(() =>
    {
        Http.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
