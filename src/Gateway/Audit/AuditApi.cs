using Alerts.Gateway.Access;
using Alerts.Gateway.Pages.Hosting;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Gateway.Requests.Pipeline;
using Alerts.Settings.Validation;
using Alerts.Users;
using Alerts.Users.Audit;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Alerts.Gateway.Audit;

/// <summary>Records the changes that callers make, and shows them to operators.</summary>
static partial class AuditApi
{
    public static IServiceCollection AddAlertsAudit(this IServiceCollection services)
    {
        services.TryAddSingleton<AuditLog>();
        return services;
    }

    public static void MapAudit(this RouteGroupBuilder v1) => v1.MapGet("/audit", ListAsync).WithTags("Operations")
        .Named("listAudit",
            "List the last actions on the service and on accounts: by whom, what and when, without addresses. Kept for a year.")
        .RequireAuthorization(AccessPolicies.Administrators);

    /// <summary>Call after authentication. Refused and read-only requests are not recorded.</summary>
    public static void UseAlertsAudit(this WebApplication app)
    {
        var audit = app.Services.GetRequiredService<AuditLog>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Alerts.Gateway.Audit");
        app.Use(async (context, next) =>
        {
            await next(context);
            if (RecordOf(context, audit, clock.GetUtcNow()) is not { } record)
                return;
            try
            {
                await audit.WriteAsync(record, CancellationToken.None);
            }
            catch (Exception fault)
            {
                // The action is already done, so its caller gets the answer.
                LogNotWritten(logger, fault, record.Actor, record.Action, record.RequestId);
            }
        });
    }

    static AuditRecord? RecordOf(HttpContext context, AuditLog audit, DateTimeOffset now)
    {
        var status = context.Response.StatusCode;
        if (HttpMethods.IsGet(context.Request.Method) || status >= 400
            || context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } route } endpoint)
            return null;
        // A preview changes nothing. A page that shows its form again has changed nothing either: after a change it redirects.
        if (endpoint.Metadata.OfType<ApiKeyScope>().Contains(ApiKeyScope.Read)
            || (PagesHosting.IsPage(context) && status == StatusCodes.Status200OK))
            return null;
        var own = context.User.OwnUserId();
        var stranger = context.Request.Path.StartsWithSegments(Version1.Path, StringComparison.Ordinal) ? "anybody" : "link";
        var actor = own is not null ? audit.SubjectOf(own) : context.User.Identity?.Name ?? stranger;
        var subject = context.GetRouteValue("id") as string ?? own;
        return new AuditRecord(
            now, actor, $"{context.Request.Method} {route}", UserId.IsValid(subject)
                ? audit.SubjectOf(subject!) : null, status, context.TraceIdentifier);
    }

    static async Task<AuditDocument> ListAsync(AuditLog audit, CancellationToken cancellationToken, string? userId = null, int limit = 50)
    {
        var errors = new FieldErrors();
        Cursors.CheckLimit(limit, AuditLog.PageLimit, errors);
        errors.Require(userId is null || UserId.IsValid(userId), "userId", "An id is u- and 32 lower-case hex digits.");
        JsonRequest.ThrowIfAny(errors);
        return new AuditDocument(await audit.ListAsync(userId is null ? null : audit.SubjectOf(userId), limit, cancellationToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log lost an entry: {Actor} did {Action} (request {RequestId})")]
    static partial void LogNotWritten(ILogger logger, Exception fault, string actor, string action, string requestId);
}
