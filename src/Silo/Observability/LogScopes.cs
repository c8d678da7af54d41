using System.Diagnostics;

namespace Alerts.Silo.Observability;

/// <summary>
/// The context of a structured log line: its request and trace. Other parts of the scopes are not shown. Frameworks put whole addresses
/// there, with the tokens of links in them. Safe for concurrent use.
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
                if (scope is IEnumerable<KeyValuePair<string, object?>> pairs
                    && pairs.FirstOrDefault(pair => pair.Key == RequestId) is { Key: RequestId } id)
                    on.callback(new Shown { id }, on.state);
            },
            (callback, state));
    }

    /// <summary>The formatter also shows a scope's text, which here repeats its values.</summary>
    sealed class Shown : List<KeyValuePair<string, object?>>
    {
        public override string ToString() => "";
    }
}
