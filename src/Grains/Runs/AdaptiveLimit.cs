namespace Alerts.Runs;

/// <summary>
/// How many runs may be in flight, found by trying (additive increase, multiplicative decrease). Calls are judged in rounds: one in
/// which more than a tenth fail halves the limit; one without trouble in which runs had to wait raises it by its square root. So
/// an outage brings it down within a few rounds, and what has piled up meanwhile is let go slowly. No I/O; not safe for concurrent use.
/// </summary>
public sealed class AdaptiveLimit
{
    /// <summary>More failures than one in this many are trouble; fewer are somebody's own.</summary>
    const int TroubleOneIn = 10;

    /// <summary>A round has at least this many calls, so that one failure among few is no trouble yet.</summary>
    const int ShortestRound = 20;

    /// <summary>The limit begins at this part of the most allowed: nothing is known yet.</summary>
    const int StartDivisor = 8;

    readonly int least;
    readonly int most;
    int calls;
    int failures;
    bool wasReached;

    /// <summary>Starts low: after an outage of the whole cluster everybody's check is due.</summary>
    /// <param name="least">The limit never goes below.</param>
    /// <param name="most">The limit never goes above.</param>
    public AdaptiveLimit(int least, int most)
    {
        this.least = Math.Min(least, most);
        this.most = most;
        Current = Math.Max(this.least, most / StartDivisor);
    }

    /// <summary>The limit now.</summary>
    public int Current { get; private set; }

    /// <summary>A run had to wait for the limit.</summary>
    public void Reached() => wasReached = true;

    /// <summary>A search, mail or write ended.</summary>
    /// <param name="failed">It failed, or took so long that it is as good as failed.</param>
    public void Record(bool failed)
    {
        calls++;
        if (failed)
            failures++;
        if (calls < Math.Max(Current, ShortestRound))
            return;
        if (failures * TroubleOneIn > calls)
            Current = Math.Max(least, Current / 2);
        else if (wasReached)
            Current = Math.Min(most, Current + Math.Max(1, (int)Math.Sqrt(Current)));
        calls = failures = 0;
        wasReached = false;
    }
}
