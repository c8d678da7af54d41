using Alerts.Events;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Operations;
using Alerts.Gateway.Requests.Pipeline;

namespace Alerts.Gateway.Events;

/// <summary><c>/v1/events</c>: publishes events about users to other services, as server-sent events.</summary>
static class EventsApi
{
    const string LastEventId = "Last-Event-ID";

    static readonly RequestHeader lastEventId = new(
        LastEventId,
            "The id of the last event that was dealt with: the stream goes on after it. Without it, it begins with the oldest that is "
            + "kept.");

    public static IServiceCollection AddAlertsEvents(this IServiceCollection services) =>
        services.AddSingleton<EventLog>().AddSingleton<EventStream>();

    public static void MapEvents(this RouteGroupBuilder v1) => v1.MapGet("/events", ListenAsync).WithTags("Operations")
        .Named("listenToEvents",
            "Publish changes of users to other services, as server-sent events: changed settings, news, erased users. Kept for a day.")
        .WithMetadata(lastEventId)
        .Produces<string>(contentType: "text/event-stream")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .DisableHttpMetrics()
        .RequireAuthorization(AccessPolicies.Administrators);

    static async Task<IResult> ListenAsync(HttpContext context, EventStream stream, CancellationToken cancellationToken)
    {
        var after = context.Request.Headers.TryGetValue(LastEventId, out var values) ? EventPlace.Parse(values.ToString()) : null;
        if (values.Count > 0 && after is null)
            return Problems.Invalid(new Dictionary<string, string[]> { [LastEventId] = ["Must be the id of an event, such as 12-345."] });
        // HEAD has no body, so there is nothing to wait for.
        if (context.IsHead())
            return TypedResults.Empty;
        if (stream.TryEnter() is not { } place)
        {
            Problems.SayRetryAfter(context, EventStream.Busy);
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "Too many services listen at this gateway; come again later.");
        }

        context.Response.RegisterForDispose(place);
        return TypedResults.ServerSentEvents(await stream.ListenAsync(after, cancellationToken));
    }
}
