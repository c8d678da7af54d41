using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Users;
using Alerts.Users.Mails;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Users;

/// <summary>The service's work for a user: present results, mails, and a preview of a search before it is saved.</summary>
static class ActivityApi
{
    const int MaxListings = 100;
    const int MaxNotifications = 100;

    public static void MapActivity(this RouteGroupBuilder v1)
    {
        var user = v1.MapGroup("/users/{id}").WithTags("Activity").RequireAuthorization(AccessPolicies.OwnUser);
        user.MapGet("/results", ResultsAsync).Named("listResults", "Read the present results of each search, with their age.")
            .WithMetadata(LimitedTo.Searches);
        user.MapGet("/notifications", NotificationsAsync).Named("listNotifications", "List the mails to the user, newest first.");
        user.MapGet("/notifications/{notificationId}", NotificationAsync)
            .Named("getNotification", "Read a mail to the user with what it says.");
        user.MapGet("/checks", ChecksAsync)
            .Named("listChecks", "Explain why the user got a mail, or none: the results of the last checks, newest first.");
        v1.MapPost("/search/preview", PreviewAsync).WithTags("Activity").RequireAuthorization(AccessPolicies.Known)
            .WithMetadata(LimitedTo.Searches)
            .For(ApiKeyScope.Read).ForLinks()
            .Named("previewSearch", "Preview a search before it is saved: its results and its first mail.");
    }

    static async Task<Results<Ok<ResultList>, ProblemHttpResult>> ResultsAsync(string id, IGrainFactory grains, int limit = 20)
    {
        var errors = new FieldErrors();
        Cursors.CheckLimit(limit, MaxListings, errors);
        JsonRequest.ThrowIfAny(errors);
        return UserId.IsValid(id) && await grains.GetGrain<IUserGrain>(id).GetResultsAsync(limit) is { } results
            ? TypedResults.Ok(new ResultList(results))
            : Problems.NotFound("user");
    }

    static async Task<Results<Ok<NotificationList>, ProblemHttpResult>> NotificationsAsync(string id, IGrainFactory grains,
        string? cursor = null, int limit = 50)
    {
        var errors = new FieldErrors();
        var after = Cursors.ReadNotification(cursor, errors);
        Cursors.CheckLimit(limit, MaxNotifications, errors);
        JsonRequest.ThrowIfAny(errors);
        return UserId.IsValid(id) && await grains.GetGrain<IUserGrain>(id).GetNotificationsAsync(after, limit) is { } page
            ? TypedResults.Ok(new NotificationList(page.Items, Cursors.Write(page.Next)))
            : Problems.NotFound("user");
    }

    static async Task<Results<Ok<NotificationContent>, ProblemHttpResult>> NotificationAsync(string id, string notificationId,
        IGrainFactory grains) =>
        UserId.IsValid(id) && NotificationId.IsValid(notificationId)
            && await grains.GetGrain<IUserGrain>(id).GetNotificationAsync(notificationId) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("notification");

    static async Task<Results<Ok<UserChecks>, ProblemHttpResult>> ChecksAsync(string id, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserGrain>(id).GetChecksAsync() is { } checks
            ? TypedResults.Ok(checks) : Problems.NotFound("user");

    static async Task<Ok<SearchPreview>> PreviewAsync(JsonBody<SearchSettings> body, IGrainFactory grains, string language = "en-US",
        string timeZone = "UTC")
    {
        var settings = UserSettingsValidator.WithSearchIds(new UserSettings
        {
            Email = "preview@example.org",
            FrequencyMinutes = 1440,
            Language = language,
            TimeZone = timeZone,
            Searches = [body.Value],
        });
        // Rules that depend on the user's frequency cannot be checked yet.
        JsonRequest.ThrowIfAny(
            UserSettingsValidator.Validate(settings with { FrequencyMinutes = UserSettingsValidator.Frequencies.Min() }));
        return TypedResults.Ok(await grains.GetGrain<IPreviewGrain>(0).PreviewAsync(settings));
    }
}
