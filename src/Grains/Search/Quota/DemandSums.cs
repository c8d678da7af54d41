using System.Collections.Immutable;

namespace Alerts.Search.Quota;

/// <summary>
/// The demand of a silo's searches, in groups of similar intervals. The sums are updated by each report, so reading them takes the same
/// time for any number of searches. Safe for concurrent use.
/// </summary>
sealed class DemandSums(TimeSpan sweepEvery)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Entry> searches = new(StringComparer.Ordinal);
    readonly Dictionary<int, Sum> sums = [];
    DateTimeOffset sweepAt = DateTimeOffset.MinValue;

    /// <summary>Replaces a search's plan.</summary>
    public void Report(string query, PollPlan plan, DateTimeOffset now)
    {
        var entry = new Entry(plan.CallsPerSecond, plan.Share, now + plan.ForgottenAfter, plan);
        lock (gate)
        {
            Remove(query);
            searches[query] = entry;
            Add(entry);
        }
    }

    public void Forget(string query)
    {
        lock (gate)
            Remove(query);
    }

    /// <summary>The groups, without searches that nobody asked for recently.</summary>
    public ImmutableArray<QuotaDemand> At(DateTimeOffset now)
    {
        lock (gate)
        {
            if (now >= sweepAt)
                Sweep(now);
            return [.. sums.Values.Select(sum => new QuotaDemand(TimeSpan.FromSeconds(sum.Searches / sum.CallsPerSecond), sum.Searches,
                sum.Shares))];
        }
    }

    /// <summary>The searches that somebody asked for recently.</summary>
    public IReadOnlyList<(string Query, PollPlan Plan)> PlansAt(DateTimeOffset now)
    {
        lock (gate)
            return [.. searches.Where(search => now <= search.Value.ForgottenAt).Select(search => (search.Key, search.Value.Plan))];
    }

    /// <summary>Removes searches that nobody asks for, and adds everything up again, which also removes rounding errors.</summary>
    void Sweep(DateTimeOffset now)
    {
        sweepAt = now + sweepEvery;
        foreach (var query in searches.Where(search => now > search.Value.ForgottenAt).Select(search => search.Key).ToList())
            searches.Remove(query);
        sums.Clear();
        foreach (var entry in searches.Values)
            Add(entry);
    }

    void Add(Entry entry)
    {
        var sum = sums.GetValueOrDefault(entry.Group);
        sums[entry.Group] = new Sum(sum.Searches + 1, sum.CallsPerSecond + entry.CallsPerSecond, sum.Shares + entry.Share);
    }

    void Remove(string query)
    {
        if (!searches.Remove(query, out var entry))
            return;
        var sum = sums[entry.Group];
        if (sum.Searches == 1)
            sums.Remove(entry.Group);
        else
            sums[entry.Group] = new Sum(sum.Searches - 1, sum.CallsPerSecond - entry.CallsPerSecond, sum.Shares - entry.Share);
    }

    readonly record struct Entry(double CallsPerSecond, double Share, DateTimeOffset ForgottenAt, PollPlan Plan)
    {
        /// <summary>Searches with about the same calls a second for each share form a group: the division treats them alike.</summary>
        public int Group => (int)Math.Floor(Math.Log2(CallsPerSecond / Share));
    }

    readonly record struct Sum(int Searches, double CallsPerSecond, double Shares);
}
