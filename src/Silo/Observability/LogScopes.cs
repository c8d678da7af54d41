using System.Diagnostics;

namespace Alerts.Silo.Observability;

/// <summary>
/// What a structured log line says beside its message: the request and the trace it belongs to. Nothing else of the scopes is shown, since
/// frameworks put whole addresses into theirs, and with them the tokens of links. Safe for concurrent use.
/// </summary>
sealed class LogScopes : IExternalScopeProvider
{
    const string RequestId = "RequestId";

    readonly LoggerExternalScopeProvider scopes = new();

    public IDisposable Push(object? state) => scopes.Push(state);

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (Activity.Current is { } activity)
            callback(new Shown { new("TraceId", activity.TraceId.ToString()), new("SpanId", activity.SpanId.ToString()) }, state);
        scopes.ForEachScope(
            static (scope, on) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> pairs && pairs.FirstOrDefault(pair => pair.Key == RequestId) is { Key: RequestId } id)
                    on.callback(new Shown { id }, on.state);
            },
            (callback, state));
    }

    /// <summary>The formatter also shows the text of a scope, which says nothing more here.</summary>
    sealed class Shown : List<KeyValuePair<string, object?>>
    {
        public override string ToString() => "";
    }
}
