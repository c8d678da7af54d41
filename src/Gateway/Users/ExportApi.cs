using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Requests.Operations;
using Alerts.Users;
using Alerts.Users.Channels;
using Alerts.Users.Mails;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Users;

/// <summary>Gives people all data that is stored about them.</summary>
static class ExportApi
{
    /// <summary>More pages than the stored mails fill.</summary>
    const int MaxPages = 100;

    const int PageSize = 100;

    public static void MapExport(this RouteGroupBuilder v1) => v1.MapGet("/users/{id}/export", ExportAsync).WithTags("Users")
        .RequireAuthorization(AccessPolicies.OwnUser).WithMetadata(LimitedTo.Searches)
        .Named("exportUser", "Export everything stored about the user: settings, results, mails, sessions, channels and the last checks.");

    /// <summary>Everything about an existing user.</summary>
    public static async Task<UserExport> ReadAsync(UserView view, IGrainFactory grains)
    {
        var user = grains.GetGrain<IUserGrain>(view.Id);
        var mails = new List<NotificationRecord>();
        NotificationCursor? after = null;
        for (var i = 0; i < MaxPages && await user.GetNotificationsAsync(after, PageSize) is { } page; i++)
        {
            mails.AddRange(page.Items);
            if ((after = page.Next) is null)
                break;
        }

        var channels = await grains.GetGrain<IUserChannelsGrain>(view.Id).ListChannelsAsync() ?? [];
        return new UserExport(
            new UserDocument(view), await user.PeekResultsAsync(PageSize) ?? [], mails, await user.ListSessionsAsync(), channels,
            await user.GetChecksAsync());
    }

    static async Task<Results<Ok<UserExport>, ProblemHttpResult>> ExportAsync(string id, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserGrain>(id).GetAsync() is { } view
            ? TypedResults.Ok(await ReadAsync(view, grains))
            : Problems.NotFound("user");
}
