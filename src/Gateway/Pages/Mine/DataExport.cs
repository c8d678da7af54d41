using Alerts.Gateway.Pages.Hosting;
using Alerts.Gateway.Users;
using Alerts.Users;
using Alerts.Users.Mails;

namespace Alerts.Gateway.Pages.Mine;

/// <summary>Everything kept of who is signed in that means something to a person, as a JSON file.</summary>
static class DataExport
{
    /// <summary>More mails than are kept.</summary>
    const int MaxPages = 100;

    const int PageSize = 100;

    public static void Map(WebApplication app) => app.MapGet("/settings/export", ExportAsync).ExcludeFromDescription();

    static async Task<IResult> ExportAsync(HttpContext context, Sessions sessions, IGrainFactory grains)
    {
        if (await sessions.FindAsync(context) is not { } signedIn)
            return new SeeOther(context.Request.PathBase + "/sign-in");
        var user = grains.GetGrain<IUserGrain>(signedIn.User.Id);
        var mails = new List<NotificationRecord>();
        NotificationCursor? after = null;
        for (var i = 0; i < MaxPages && await user.GetNotificationsAsync(after, PageSize) is { } page; i++)
        {
            mails.AddRange(page.Items);
            if ((after = page.Next) is null)
                break;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"alerts.json\"";
        return Results.Json(new { user = new UserDocument(signedIn.User), searches = await user.PeekResultsAsync(PageSize), mails, sessions = await user.ListSessionsAsync() });
    }
}
