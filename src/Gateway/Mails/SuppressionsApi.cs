using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Mails;

/// <summary>
/// <c>/v1/suppressions/lift</c>: serves users again who were suppressed because of a fault of the mail server or of ours.
/// </summary>
static class SuppressionsApi
{
    public static void MapSuppressions(this RouteGroupBuilder v1) => v1
        .MapPost("/suppressions/lift", LiftAsync)
        .WithTags("Operations")
        .Named("liftSuppressions",
            $"Serve users again whose addresses were suppressed within a span of time, at most {Suppressions.MaxLifted} in one call.")
        .RequireAuthorization(AccessPolicies.Administrators);

    static async Task<Results<Ok<LiftResult>, ProblemHttpResult>> LiftAsync(
        JsonBody<LiftRequest> body, Suppressions suppressions, CancellationToken cancellationToken)
    {
        var (from, to) = (body.Value.From?.ToUniversalTime(), body.Value.To?.ToUniversalTime());
        if (to < from)
            return Problems.Invalid(new Dictionary<string, string[]> { ["to"] = ["The end of the span lies before its start."] });
        return TypedResults.Ok(await suppressions.LiftAsync(from, to, cancellationToken));
    }
}
