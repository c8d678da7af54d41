using Alerts.Gateway.Errors;
using Alerts.Settings;

namespace Alerts.Gateway.Access;

/// <summary>
/// Limits callers to their rights. Every API key may read; an operation declares the scope that it needs beyond that. A mail's manage link
/// allows only reading and actions that can be taken back at once, since mails are forwarded.
/// </summary>
static class Scopes
{
    const string QuickActions = "A link of a mail is for reading, pausing and resuming; everything else needs a token of its own.";

    /// <summary>Allows the operation for keys of this scope.</summary>
    public static RouteHandlerBuilder For(this RouteHandlerBuilder operation, ApiKeyScope scope) => operation.WithMetadata(scope);

    /// <summary>Allows the operation for a mail's manage link.</summary>
    public static RouteHandlerBuilder ForLinks(this RouteHandlerBuilder operation) => operation.WithMetadata(new QuickAction());

    /// <summary>Call after authentication.</summary>
    public static void UseScopes(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method)
            || context.GetEndpoint() is not { } endpoint)
            return next(context);
        if (context.User.ScopeOfKey() is { } scope && scope < Needed(endpoint))
            return Problems.Of(StatusCodes.Status403Forbidden, $"This needs an API key of the scope \"{Needed(endpoint).JsonName()}\".")
                .ExecuteAsync(context);
        if (context.User.IsByLink() && endpoint.Metadata.GetMetadata<QuickAction>() is null)
            return Problems.Of(StatusCodes.Status403Forbidden, QuickActions).ExecuteAsync(context);
        return next(context);
    });

    static ApiKeyScope Needed(Endpoint endpoint) =>
        endpoint.Metadata.OfType<ApiKeyScope>().Cast<ApiKeyScope?>().LastOrDefault() ?? ApiKeyScope.Admin;

    sealed class QuickAction;
}
