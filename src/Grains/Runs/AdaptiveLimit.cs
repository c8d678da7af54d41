namespace Alerts.Runs;

/// <summary>
/// Finds by trial how many runs may be in flight (additive increase, multiplicative decrease). Calls are judged in rounds. A round in which
/// more than a tenth of the calls fail halves the limit. A round without trouble in which runs had to wait raises the limit by its square
/// root. So an outage lowers the limit within a few rounds, and the backlog after it starts slowly. No I/O; not safe for concurrent use.
/// </summary>
public sealed class AdaptiveLimit
{
    /// <summary>More faults than one in this many calls mean trouble at the other side; fewer concern single users.</summary>
    const int TroubleOneIn = 10;

    /// <summary>A round has at least this many calls, so that one fault among a few calls does not count as trouble.</summary>
    const int ShortestRound = 20;

    /// <summary>The limit begins at its maximum divided by this: nothing is known yet about the other side.</summary>
    const int StartDivisor = 8;

    readonly int least;
    readonly int most;
    int calls;
    int failures;
    bool wasReached;

    /// <summary>The limit starts low: after an outage of the whole cluster every user's check is due.</summary>
    /// <param name="least">The limit never goes below.</param>
    /// <param name="most">The limit never goes above.</param>
    public AdaptiveLimit(int least, int most)
    {
        this.least = Math.Min(least, most);
        this.most = most;
        Current = Math.Max(this.least, most / StartDivisor);
    }

    public int Current { get; private set; }

    /// <summary>A run had to wait for the limit.</summary>
    public void Reached() => wasReached = true;

    /// <summary>A search, mail or write ended.</summary>
    /// <param name="failed">Whether the call failed, or took so long that it counts as failed.</param>
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
