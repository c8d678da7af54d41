using System.Diagnostics.Metrics;
using Alerts.SharedData;
using Alerts.Silo.Databases.MySql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.SharedData;

public sealed class DatabaseRetryTests : IDisposable
{
    readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    readonly FakeTimeProvider clock = new(SomeListing.Start);
    readonly SharedDataOptions options = new() { AttemptTime = TimeSpan.FromSeconds(10), RetryTime = TimeSpan.FromSeconds(15) };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A server that says nothing keeps the connection of an attempt for as long as the driver waits: of several such, each would take one of the pool.</summary>
    [Fact]
    public async Task A_hung_attempt_is_the_only_one_until_it_ends()
    {
        var retry = new DatabaseRetry(
            options, MySqlDialect.Instance, new SharedDataMetrics(services.GetRequiredService<IMeterFactory>()), clock, NullLogger.Instance);
        var hung = new TaskCompletionSource();
        var begun = 0;

        for (var delivery = 0; delivery < 3; delivery++)
        {
            var writing = retry.RunAsync(() => { Interlocked.Increment(ref begun); return hung.Task; }, retry.Begin());
            while (!writing.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            await Assert.ThrowsAsync<StoreUnavailableException>(() => writing);
        }

        Assert.Equal(1, begun);
        hung.SetException(new TimeoutException("The driver gave up."));
        await retry.RunAsync(() => { Interlocked.Increment(ref begun); return Task.CompletedTask; }, retry.Begin()).WaitAsync(Cancellation);
        Assert.Equal(2, begun);
        Assert.NotNull(retry.LastSuccess);
    }

    public void Dispose() => services.Dispose();
}
