namespace Alerts.Search.Quota;

/// <summary>
/// Divides calls among searches by weighted max-min fairness. Each search gets calls in proportion to its share, but no more than its users
/// ask for. Calls that one does not need go to the others. Pure.
/// </summary>
public static class QuotaPace
{
    /// <summary>Calls a second for each share; infinite when there are enough calls for all.</summary>
    public static double Of(IEnumerable<QuotaDemand> demands, double callsPerSecond)
    {
        var left = callsPerSecond;
        var sorted = demands.Where(demand => demand.Searches > 0).OrderBy(WantedPerShare).ToList();
        var shares = sorted.Sum(demand => demand.Shares);
        foreach (var demand in sorted)
        {
            var pace = Math.Max(0, left) / shares;
            if (WantedPerShare(demand) > pace)
                return pace;
            left -= Wanted(demand);
            shares -= demand.Shares;
        }

        return double.PositiveInfinity;
    }

    static double Wanted(QuotaDemand demand) => demand.Searches / demand.Interval.TotalSeconds;

    static double WantedPerShare(QuotaDemand demand) => Wanted(demand) / demand.Shares;
}
