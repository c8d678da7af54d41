using Alerts.Gateway.Errors;
using Alerts.Settings;

namespace Alerts.Gateway.Access;

/// <summary>
/// Keeps callers to what they were given. Reading is open to every API key; an operation says what else it needs. A manage link of a mail
/// is good for reading and for what can be taken back at once, since mails are passed on.
/// </summary>
static class Scopes
{
    const string QuickActions = "A link of a mail is for reading, pausing and resuming; everything else needs a token of its own.";

    /// <summary>Says that keys of this scope may do it.</summary>
    public static RouteHandlerBuilder For(this RouteHandlerBuilder operation, ApiKeyScope scope) => operation.WithMetadata(scope);

    /// <summary>Says that a manage link of a mail may do it.</summary>
    public static RouteHandlerBuilder ForLinks(this RouteHandlerBuilder operation) => operation.WithMetadata(new QuickAction());

    /// <summary>After authentication.</summary>
    public static void UseScopes(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method) || context.GetEndpoint() is not { } endpoint)
            return next(context);
        if (context.User.ScopeOfKey() is { } scope && scope < Needed(endpoint))
            return Problems.Of(StatusCodes.Status403Forbidden, $"This needs an API key of the scope \"{Needed(endpoint).JsonName()}\".").ExecuteAsync(context);
        if (context.User.IsByLink() && endpoint.Metadata.GetMetadata<QuickAction>() is null)
            return Problems.Of(StatusCodes.Status403Forbidden, QuickActions).ExecuteAsync(context);
        return next(context);
    });

    static ApiKeyScope Needed(Endpoint endpoint) => endpoint.Metadata.OfType<ApiKeyScope>().Cast<ApiKeyScope?>().LastOrDefault() ?? ApiKeyScope.Admin;

    sealed class QuickAction;
}
