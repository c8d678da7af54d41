using Alerts.Testing;

namespace Alerts.EndToEnd;

/// <summary>kill -9 of the process that delivers: a few rounds of <c>bench crash</c>, whose exit code says whether the contract of delivery held.</summary>
public sealed class KilledTests
{
    /// <summary>Less than the time after which a test counts as hanging.</summary>
    static readonly TimeSpan patience = TimeSpan.FromMinutes(4.5);

    [Fact]
    public async Task Killed_while_it_delivers_it_loses_nothing_and_repeats_only_what_was_in_flight()
    {
        const string rounds = "6", seed = "5";
        using var folder = new TempFolder();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(patience);
        await using var bench = AlertsProgram.Start("bench", "Alerts.bench", folder, [], "crash", rounds, seed);

        await bench.WaitForExitAsync(deadline.Token);

        Assert.True(bench.ExitCode == 0, bench.Said());
        Assert.Contains("6 kills", bench.Said(), StringComparison.Ordinal);
        Assert.Contains("lost 0;", bench.Said(), StringComparison.Ordinal);
    }
}
