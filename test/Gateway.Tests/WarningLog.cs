using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Alerts.Gateway.Tests;

/// <summary>Keeps what the service warns of.</summary>
sealed class WarningLog : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<string> warnings = new();

    public IReadOnlyCollection<string> Warnings => warnings;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel is LogLevel.Warning)
            warnings.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
