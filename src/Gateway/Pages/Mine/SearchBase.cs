using Alerts.Gateway.Pages.Shared;
using Alerts.Settings;
using Microsoft.AspNetCore.Components;

namespace Alerts.Gateway.Pages.Mine;

/// <summary>A page about one search of the signed-in person.</summary>
public abstract class SearchBase : MemberBase
{
    [Parameter]
    public string Id { get; set; } = null!;

    /// <summary>The search; null when there is none with this id any more.</summary>
    protected SearchSettings? Search { get; private set; }

    protected override Task LoadAsync()
    {
        Search = Me.Settings.Searches.FirstOrDefault(search => search.Id == Id);
        if (Search is null)
            Answer(StatusCodes.Status404NotFound);
        return Task.CompletedTask;
    }
}
