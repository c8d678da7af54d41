using System.Diagnostics.Metrics;
using Alerts.SharedData;
using Alerts.Silo.Databases.MySql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alerts.Tests.SharedData;

public sealed class DatabaseRetryTests : IDisposable
{
    readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    /// <summary>So that each delivery tries, or waits for the attempt before, once.</summary>
    readonly SharedDataOptions options = new() { AttemptTime = TimeSpan.FromMilliseconds(200), RetryTime = TimeSpan.FromMilliseconds(50) };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    DatabaseRetry New() => new(
        options, MySqlDialect.Instance, new SharedDataMetrics(services.GetRequiredService<IMeterFactory>()), TimeProvider.System, NullLogger.Instance);

    /// <summary>A server that says nothing keeps the connection of an attempt for as long as the driver waits: of several such, each would take one of the pool.</summary>
    [Fact]
    public async Task A_hung_attempt_is_the_only_one_until_it_ends()
    {
        var retry = New();
        var (hung, isBegun) = (new TaskCompletionSource(), new TaskCompletionSource());
        var begun = 0;

        for (var delivery = 0; delivery < 3; delivery++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => retry.RunAsync(
                () =>
                {
                    Interlocked.Increment(ref begun);
                    isBegun.TrySetResult();
                    return hung.Task;
                },
                retry.Begin()));
        }

        await isBegun.Task.WaitAsync(Cancellation);
        Assert.Equal(1, begun);
        hung.SetException(new TimeoutException("The driver gave up."));
        await WrittenAsync(retry);
        Assert.NotNull(retry.LastSuccess);
    }

    /// <summary>The driver loses an answer now and then: its attempt ends never.</summary>
    [Fact]
    public async Task An_attempt_that_never_ends_keeps_the_others_waiting_six_times_at_most()
    {
        var retry = New();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => retry.RunAsync(() => new TaskCompletionSource().Task, retry.Begin()));
        for (var wait = 0; wait < 6; wait++)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => retry.RunAsync(() => Task.CompletedTask, retry.Begin()));

        await WrittenAsync(retry);

        Assert.Null(retry.FailingSince);
    }

    /// <summary>Writes; a machine that is busy may need more than one delivery.</summary>
    static async Task WrittenAsync(DatabaseRetry retry)
    {
        while (retry.LastSuccess is null)
        {
            try
            {
                await retry.RunAsync(() => Task.CompletedTask, retry.Begin());
            }
            catch (StoreUnavailableException)
            {
                Cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    public void Dispose() => services.Dispose();
}
