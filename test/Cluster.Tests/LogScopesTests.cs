using System.Diagnostics;
using Alerts.Silo.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Alerts.Cluster.Tests;

public sealed class LogScopesTests
{
    [Fact]
    public void A_log_line_has_the_request_and_the_trace_and_no_address()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddAlertsObservability("test");
        using var lines = new ScopesOfLines();
        builder.Services.AddLogging(logging => logging.AddProvider(lines).AddJsonConsole());
        using var services = builder.Services.BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("test");
        using var activity = new Activity("request").Start();

        using (logger.BeginScope(new Dictionary<string, object?> { ["RequestId"] = "r-1", ["RequestPath"] = "/manage/secret" }))
        using (logger.BeginScope("HTTP GET https://example.org/secret"))
            logger.LogWarning("A line");

        Assert.Equal([("TraceId", activity.TraceId.ToString()), ("SpanId", activity.SpanId.ToString()), ("RequestId", "r-1")], lines.Last);
        var format = services.GetRequiredService<IOptions<JsonConsoleFormatterOptions>>().Value;
        Assert.True(format is { IncludeScopes: true, TimestampFormat: not null });
    }

    /// <summary>Keeps what the last line's scopes were.</summary>
    sealed class ScopesOfLines : ILoggerProvider, ISupportExternalScope, ILogger
    {
        IExternalScopeProvider scopes = null!;

        public List<(string, string?)> Last { get; private set; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Last = [];
            scopes.ForEachScope(
                (scope, found) => found.AddRange(((IEnumerable<KeyValuePair<string, object?>>)scope!).Select(pair => (pair.Key, pair.Value?.ToString()))), Last);
        }

        public void Dispose()
        {
        }
    }
}
