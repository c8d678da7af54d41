using Alerts.Gateway.Pages.Shared;
using Alerts.Settings;
using Microsoft.AspNetCore.Components;

namespace Alerts.Gateway.Pages.Mine;

/// <summary>A page of one of the searches of who is signed in.</summary>
public abstract class SearchBase : MemberBase
{
    [Parameter]
    public string Id { get; set; } = null!;

    /// <summary>The search; null when there is none of this id any more.</summary>
    protected SearchSettings? Search { get; private set; }

    protected override Task LoadAsync()
    {
        Search = Me.Settings.Searches.FirstOrDefault(search => search.Id == Id);
        if (Search is null)
            Answer(StatusCodes.Status404NotFound);
        return Task.CompletedTask;
    }
}
