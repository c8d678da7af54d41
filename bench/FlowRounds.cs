using System.Diagnostics;
using System.Globalization;
using Alerts.Configuration;
using Alerts.Settings;
using Alerts.Users;
using Alerts.Users.Addresses;

namespace Alerts.Bench;

/// <summary>
/// One round after the other of <see cref="FlowBenchmark"/>, each a line of its table. Users' own reminders go on ticking meanwhile, so a
/// round may serve a few more than it woke: what is counted is what was served.
/// </summary>
sealed class FlowRounds(Counted counted, ChildProcess sinks, IGrainFactory grains, ShiftedClock clock, CancellationToken cancellationToken)
{
    const int Callers = 64;
    const string Mails = "alerts.mail.attempts accepted";

    static readonly string[] runs = ["alerts.runs changed", "alerts.runs unchanged"];

    public static void PrintHeader() => Console.WriteLine(
        $"{"round",-34} {"users",8} {"users/s",9} {"mails",8} {"eBay calls",11} {"state writes",13} {"CPU s per 1,000",16} {"of the sinks",13}");

    /// <summary>Enrols users and waits until each has its first mail.</summary>
    public Task EnrolAsync(string name, (string Id, UserSettings Settings)[] users) => RoundAsync(name, async () =>
    {
        var mailed = counted.ReachAsync(Mails, counted[Mails] + users.Length, cancellationToken);
        await Parallel.ForEachAsync(users, Concurrency(), async (user, _) =>
            await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(user.Settings.Email)).EnrolAsync(user.Id, user.Settings));
        await mailed;
    });

    /// <summary>Moves the clock one window on, delivers every user's tick and waits until as many of the counter as there are users happened.</summary>
    public Task TickAsync(string name, (string Id, UserSettings Settings)[] users, string awaited) => RoundAsync(name, async () =>
    {
        var served = counted.ReachAsync(awaited, counted[awaited] + users.Length, cancellationToken);
        clock.Advance(AlertsOptions.StandardReminderPeriod);
        var now = clock.GetUtcNow().UtcDateTime;
        await Parallel.ForEachAsync(users, Concurrency(), async (user, cancellation) =>
            await grains.GetGrain<IUserGrain>(user.Id).ReceiveReminder("check", new TickStatus(now, AlertsOptions.StandardReminderPeriod, now), cancellation));
        await served;
    });

    async Task RoundAsync(string name, Func<Task> act)
    {
        var (mails, calls, writes) = (counted[Mails], counted["alerts.searches found"], counted["alerts.state.writes stored"]);
        var checks = runs.Sum(run => counted[run]);
        var (cpu, sinksCpu) = (CpuOf(Environment.ProcessId), CpuOf(sinks.Id));
        var watch = Stopwatch.StartNew();
        await act();
        watch.Stop();
        checks = runs.Sum(run => counted[run]) - checks;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-34} {checks,8:N0} {checks / watch.Elapsed.TotalSeconds,9:N0} {counted[Mails] - mails,8:N0} {counted["alerts.searches found"] - calls,11:N0} {counted["alerts.state.writes stored"] - writes,13:N0} {PerThousand(CpuOf(Environment.ProcessId) - cpu, checks),16:0.00} {PerThousand(CpuOf(sinks.Id) - sinksCpu, checks),13:0.00}"));
    }

    static double PerThousand(TimeSpan cpu, long users) => cpu.TotalSeconds * 1000 / users;

    static TimeSpan CpuOf(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }

    ParallelOptions Concurrency() => new() { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken };
}
