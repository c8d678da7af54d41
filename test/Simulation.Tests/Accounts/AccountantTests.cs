using System.Globalization;
using Alerts.Accounts;

namespace Alerts.Simulations.Accounts;

/// <summary>
/// The accountant reads the truth of the markets and every mail of people of all settings. <c>ALERTS_ACCOUNTS=200</c> goes through so
/// many seeds of each world, among them markets with more news than a mail has room for; <c>ALERTS_ACCOUNTS=41-80</c> through some of them.
/// </summary>
public sealed class AccountantTests
{
    const string SeedsVariable = "ALERTS_ACCOUNTS";

    static readonly Outcome[] mistakes = [Outcome.Never, Outcome.Twice, Outcome.Wrongly, Outcome.Late];

    /// <summary>A simulation of 33 hours under a busy machine.</summary>
    static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    public static TheoryData<int, int, bool> Worlds => Seeds() is { } seeds
        ? [.. seeds.SelectMany(seed => new[] { (seed, 8, true), (seed, 60, true), (seed, 150, false) })]
        : [(1, 8, true)];

    [Theory, MemberData(nameof(Worlds))]
    public async Task News_of_many_hours_is_told_once_in_time_and_truly(int seed, int listings, bool hasFaults)
    {
        await using var simulation = await Simulation.StartAsync(seed, time: patience);

        var books = await new AccountedDays(simulation, new AccountedWorld(listings, hasFaults)).KeepAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(books.Report());
        Assert.True(books.Counts.GetValueOrDefault(Outcome.InTime) > 0);
        Assert.True(!books.Findings.Any(finding => mistakes.Contains(finding.Outcome)), books.Report());
    }

    static IEnumerable<int>? Seeds()
    {
        if (Environment.GetEnvironmentVariable(SeedsVariable) is not { Length: > 0 } text)
            return null;
        var ends = text.Split('-').Select(end => int.Parse(end, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
        var first = ends.Count == 1 ? 1 : ends[0];
        return Enumerable.Range(first, ends[^1] - first + 1);
    }
}
