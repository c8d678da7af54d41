using Alerts.Runs;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Runs;

public class RunAdmissionTests
{
    readonly FakeTimeProvider clock = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_over_the_limit_wait_and_are_let_in_in_their_order()
    {
        var admission = Admission(most: 1);
        var first = await admission.EnterAsync(Cancellation);
        var second = admission.EnterAsync(Cancellation);
        var third = admission.EnterAsync(Cancellation);
        Assert.Equal((1, 2), (admission.InFlight, admission.Waiting));

        first.Dispose();
        first.Dispose();

        (await second).Dispose();
        (await third).Dispose();
        Assert.Equal((0, 0), (admission.InFlight, admission.Waiting));
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_passed_over()
    {
        var admission = Admission(most: 1);
        using var gaveUp = new CancellationTokenSource();
        var first = await admission.EnterAsync(Cancellation);
        var second = admission.EnterAsync(gaveUp.Token);
        var third = admission.EnterAsync(Cancellation);

        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();

        (await third).Dispose();
        Assert.Equal(0, admission.InFlight);
    }

    [Fact]
    public async Task Failing_and_slow_calls_lower_the_limit_and_good_ones_let_waiting_runs_in()
    {
        var admission = Admission(most: 256);
        for (var call = 0; call < 32; call++)
            await Assert.ThrowsAsync<IOException>(() => admission.ObserveAsync(() => Task.FromException(new IOException())));
        Assert.Equal(16, admission.Limit);
        for (var call = 0; call < 20; call++)
            await admission.ObserveAsync(() => Task.FromResult("503"), answer => answer is "503");
        Assert.Equal(8, admission.Limit);
        for (var call = 0; call < 20; call++)
            await admission.ObserveAsync(() => Task.CompletedTask);
        Assert.Equal(8, admission.Limit);

        var runs = Enumerable.Range(0, 9).Select(_ => admission.EnterAsync(Cancellation)).ToArray();
        Assert.Equal((8, 1), (admission.InFlight, admission.Waiting));
        for (var call = 0; call < 20; call++)
            await admission.ObserveAsync(() => Task.CompletedTask);
        (await runs[8]).Dispose();
        Assert.Equal(10, admission.Limit);
    }

    [Fact]
    public async Task A_call_that_takes_longer_than_the_setting_counts_as_failed()
    {
        var admission = Admission(most: 256);
        for (var call = 0; call < 32; call++)
            await admission.ObserveAsync(() =>
            {
                clock.Advance(TimeSpan.FromSeconds(5.1));
                return Task.CompletedTask;
            });
        Assert.Equal(16, admission.Limit);
    }

    [Fact]
    public async Task Closing_cancels_who_waits_lets_nobody_in_and_ends_with_the_last_run()
    {
        var admission = Admission(most: 1);
        var running = await admission.EnterAsync(Cancellation);
        var waiting = admission.EnterAsync(Cancellation);

        var closed = admission.CloseAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admission.EnterAsync(Cancellation));
        Assert.False(closed.IsCompleted);
        running.Dispose();
        await closed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Closing_when_nothing_runs_ends_at_once() => await Admission(most: 1).CloseAsync().WaitAsync(Cancellation);

    [Fact]
    public async Task Mails_that_take_all_their_places_hold_up_no_check()
    {
        var admission = new RunAdmission(Options.Create(new RunOptions { MaxConcurrentMails = 1, MinConcurrent = 1 }), clock);
        using var slow = await admission.Mails.EnterAsync(Cancellation);
        var nextMail = admission.Mails.EnterAsync(Cancellation);
        for (var i = 0; i < 100; i++)
            await admission.Mails.ObserveAsync(() => Task.FromResult("421"), failed: _ => true);

        var before = admission.Checks.Limit;
        (await admission.Checks.EnterAsync(Cancellation)).Dispose();

        Assert.False(nextMail.IsCompleted);
        Assert.Equal((1, 1, 32), (admission.InFlight, admission.Waiting, before));
    }

    [Fact]
    public async Task The_mails_of_runs_in_flight_still_go_when_the_silo_stops()
    {
        var admission = new RunAdmission(Options.Create(new RunOptions { MaxConcurrentMails = 1, MinConcurrent = 1 }), clock);
        var check = await admission.Checks.EnterAsync(Cancellation);
        var first = await admission.Mails.EnterAsync(Cancellation);

        var closed = admission.CloseAsync(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admission.Checks.EnterAsync(Cancellation));
        var second = admission.Mails.EnterAsync(Cancellation);
        check.Dispose();
        first.Dispose();

        var mail = await second;
        Assert.False(closed.IsCompleted);
        mail.Dispose();
        await closed;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admission.Mails.EnterAsync(Cancellation));
    }

    [Fact]
    public async Task When_the_time_to_stop_is_over_mails_that_wait_are_left_to_the_next_start()
    {
        using var limit = new CancellationTokenSource();
        var admission = new RunAdmission(Options.Create(new RunOptions { MaxConcurrentMails = 1, MinConcurrent = 1 }), clock);
        var sending = await admission.Mails.EnterAsync(Cancellation);
        var waiting = admission.Mails.EnterAsync(Cancellation);

        var closed = admission.CloseAsync(limit.Token);
        Assert.False(waiting.IsCompleted);
        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closed);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        sending.Dispose();
    }

    AdmissionLane Admission(int most) => new(new RunOptions().MinConcurrent, most, new RunOptions().SlowAfter, clock);
}
