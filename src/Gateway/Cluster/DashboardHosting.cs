using Alerts.Gateway.Access;
using Alerts.Gateway.Access.OperatorSignIn;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Orleans.Dashboard;

namespace Alerts.Gateway.Cluster;

/// <summary><c>/dashboard</c>: Orleans' own pages of the cluster, for operators.</summary>
static class DashboardHosting
{
    public const string Path = "/dashboard";

    const string KeyOrCookie = "KeyOrCookie";

    /// <summary>A feature of the dashboard that this service turns off.</summary>
    const string NoReminders = "The list of reminders is not offered: each look at it would read the whole table, a row for every user.";
    const string NoGrainState =
        "The state of grains is not offered: it is what users told the service. GET /v1/users/{id} has it, with a key.";

    public static IServiceCollection AddAlertsDashboard(this IServiceCollection services)
    {
        new AuthenticationBuilder(services).AddPolicyScheme(KeyOrCookie, null, policy => policy.ForwardDefaultSelector = context =>
            context.Request.Headers.ContainsKey(ApiKeyHandler.Header) ? AccessPolicies.ApiKey : Operators.Dashboard);
        return services;
    }

    public static void MapAlertsDashboard(this WebApplication app)
    {
        app.MapOrleansDashboard(Path)
            .AddEndpointFilter(async (context, next) => Withhold(context.HttpContext) ?? await AnswerAsync(context, next))
            .RequireAuthorization(new AuthorizationPolicyBuilder(KeyOrCookie).RequireClaim(AccessClaims.Role, AccessClaims.Administrator)
                .Build())
            // Its pages ask several times a second; without a key or cookie they get nothing.
            .WithMetadata(LimitedTo.Nothing)
            .ExcludeFromDescription();
    }

    /// <summary>The answer instead of the dashboard's own; null when the dashboard may answer.</summary>
    static IResult? Withhold(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments($"{Path}/GrainState"))
            return Problems.Of(StatusCodes.Status404NotFound, NoGrainState);
        if (!context.Request.Path.StartsWithSegments($"{Path}/Reminders"))
            return null;
        // When refused, its page waits for ever. It shows a row for each reminder, so the reason is sent as the only row.
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return Results.Json(new { count = 0,
            reminders = new[] { new { grainReference = NoReminders, primaryKey = "", name = "", startAt = now, period = "" } } });
    }

    /// <summary>The dashboard throws when a name in the path is unknown to it.</summary>
    static async Task<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception fault)
            when (fault is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException
                or NullReferenceException)
        {
            return Problems.NotFound("part of the dashboard");
        }
    }
}
