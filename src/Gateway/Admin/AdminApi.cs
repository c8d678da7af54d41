using System.Text.Json.Nodes;
using Alerts.Cluster;
using Alerts.Gateway.Access;
using Alerts.Gateway.Cluster;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Mails;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Search;
using Alerts.Settings.Validation;
using Alerts.SharedData.Erasures;
using Alerts.SharedData.Subscriptions;
using Alerts.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Alerts.Gateway.Admin;

/// <summary><c>/v1/admin</c>: details about single users and queries, for operators. Users are found at <c>/v1/users</c>.</summary>
static class AdminApi
{
    public static IServiceCollection AddAlertsAdmin(this IServiceCollection services)
    {
        services.TryAddSingleton<SubscriptionStore>();
        services.TryAddSingleton<ErasureLedger>();
        return services.AddSingleton<MailTrouble>().AddSingleton<AdminReader>().AddSingleton<ClusterReader>().AddSingleton<Suppressions>();
    }

    public static void MapAdmin(this RouteGroupBuilder v1)
    {
        var admin = v1.MapGroup("/admin").WithTags("Operations").RequireAuthorization(AccessPolicies.Administrators);
        admin.MapGet("/users/{id}", GetUserAsync)
            .Named("getUserStory",
                "Read everything about a user who asks for help: settings, checks and their results, mails and failures, channels, "
                + "actions on the account.");
        admin.MapPost("/users/{id}/lift", LiftAsync).Named("liftSuppression", "Serve a user again whose address is suppressed.");
        admin.MapPost("/users/{id}/retry", RetryAsync).Named("retryMails", "Try a user's mails at once that wait for their next attempt.");
        admin.MapGet("/users/{id}/state", GetStateAsync).Named("getStoredUser", "A user's row as it is stored, without secrets.");
        admin.MapImport();
        admin.MapGet("/diagnosis", (IGrainFactory grains) => grains.GetGrain<IDiagnosisGrain>(0).ExamineAsync())
            .Named("getDiagnosis",
                "What a silo finds about settings, databases, Redis, the mail server, the sender's domain and eBay, with what to do.");
        admin.MapGet("/searches", ListSearchesAsync)
            .Named("listSearchCosts", "List the queries that cost the most calls to eBay: calls a day, interval, users.");
    }

    static async Task<Results<Ok<UserStory>, ProblemHttpResult>> GetUserAsync(string id, AdminReader reader,
        CancellationToken cancellationToken) =>
        await reader.ReadAsync(id, cancellationToken) is { } story ? TypedResults.Ok(story) : Problems.NotFound("user");

    static async Task<Results<Ok<LiftResult>, ProblemHttpResult>> LiftAsync(string id, Suppressions suppressions) =>
        await suppressions.LiftAsync(id) is { } result ? TypedResults.Ok(result) : Problems.NotFound("user");

    static async Task<Results<Ok<RetryResult>, ProblemHttpResult>> RetryAsync(string id, IGrainFactory grains)
    {
        if (!UserId.IsValid(id) || grains.GetGrain<IUserGrain>(id) is var user && await user.GetAsync() is null)
            return Problems.NotFound("user");
        return TypedResults.Ok(new RetryResult(await user.RetryMailsAsync()));
    }

    static async Task<Results<Ok<StoredUser>, ProblemHttpResult>> GetStateAsync(string id, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserDirectoryGrain>(0).ShowAsync(id) is { } state
            ? TypedResults.Ok(new StoredUser(id, JsonNode.Parse(state)!))
            : Problems.NotFound("user");

    static async Task<SearchCosts> ListSearchesAsync(AdminReader reader, CancellationToken cancellationToken, int limit = 50)
    {
        var errors = new FieldErrors();
        Cursors.CheckLimit(limit, CallBudget.MaxDearest, errors);
        JsonRequest.ThrowIfAny(errors);
        return await reader.CostsAsync(limit, cancellationToken);
    }
}
