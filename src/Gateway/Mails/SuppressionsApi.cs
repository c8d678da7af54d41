using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Mails;

/// <summary><c>/v1/suppressions/lift</c>: serves again whom a fault of the mail server, or of ours, suppressed.</summary>
static class SuppressionsApi
{
    const int MaxLifted = 1_000;

    public static void MapSuppressions(this RouteGroupBuilder v1) => v1
        .MapPost("/suppressions/lift", LiftAsync)
        .WithTags("Operations")
        .Named("liftSuppressions", $"Serve the users again whose addresses were suppressed within a span of time, at most {MaxLifted} a call.")
        .RequireAuthorization(AccessPolicies.Administrators);

    static async Task<Results<Ok<LiftResult>, ProblemHttpResult>> LiftAsync(
        JsonBody<LiftRequest> body, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var (from, to) = (body.Value.From?.ToUniversalTime(), body.Value.To?.ToUniversalTime());
        if (to < from)
            return Problems.Invalid(new Dictionary<string, string[]> { ["to"] = ["The end of the span lies before its start."] });
        var directory = grains.GetGrain<IUserDirectoryGrain>(0);
        var lifted = 0;
        for (UserCursor? after = null; ;)
        {
            var page = await directory.ListAsync(new UserFilter { Status = UserStatus.Suppressed }, after, IUserDirectoryGrain.PageLimit);
            var results = await Task.WhenAll(page.Items.Select(user => grains.GetGrain<IUserGrain>(user.Id).LiftSuppressionAsync(from, to)));
            lifted += results.Count(isLifted => isLifted);
            if (page.Next is null)
                return TypedResults.Ok(new LiftResult(lifted, More: false));
            if (lifted >= MaxLifted)
                return TypedResults.Ok(new LiftResult(lifted, More: true));
            after = page.Next;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
