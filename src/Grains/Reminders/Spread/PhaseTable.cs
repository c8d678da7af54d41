namespace Alerts.Reminders.Spread;

/// <summary>
/// Which second of the window each user of a shard has. A new user gets the second with the fewest users. Each shard starts its search at a
/// different second, so that the sum over all shards is even too. Not safe for concurrent use.
/// </summary>
public sealed class PhaseTable
{
    /// <summary>A second is too full when it holds more than the mean times this, and more than the mean rounded up.</summary>
    const double Slack = 1.1;

    readonly Dictionary<string, int> secondOf = new(StringComparer.Ordinal);
    readonly int[] load;
    readonly int first;

    /// <summary>Users assigned since the last <see cref="Take"/>: their reminders may not be in the store yet.</summary>
    HashSet<string> fresh = new(StringComparer.Ordinal);

    /// <summary>Users released since the last <see cref="Take"/>: the rows being read may still have their reminders.</summary>
    readonly HashSet<string> gone = new(StringComparer.Ordinal);

    public PhaseTable(int seconds, int shard, int shards)
    {
        load = new int[seconds];
        first = (int)((long)shard * seconds / shards);
    }

    public int Count => secondOf.Count;

    public IReadOnlyList<int> Load => load;

    public bool IsLevel => load.Max() <= MaxLoad;

    int MaxLoad => Math.Max((Count + load.Length - 1) / load.Length, (int)(Slack * Count / load.Length));

    public int Assign(string userId)
    {
        if (!secondOf.TryGetValue(userId, out var second))
        {
            second = LeastLoaded();
            Put(userId, second);
            fresh.Add(userId);
            gone.Remove(userId);
        }

        return second;
    }

    public void Release(string userId)
    {
        Remove(userId);
        fresh.Remove(userId);
        gone.Add(userId);
    }

    /// <summary>
    /// Replaces the table by the rows read from the store. Users assigned since the last call stay: their reminders may not be stored yet.
    /// Users released since the last call stay out: they may have left after the read. So the time between two calls must be longer than
    /// setting a reminder takes.
    /// </summary>
    public void Take(IEnumerable<(string UserId, int Second)> stored)
    {
        var kept = fresh.Select(userId => (UserId: userId, Second: secondOf[userId])).ToArray();
        secondOf.Clear();
        Array.Clear(load);
        fresh = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (userId, second) in stored.Where(one => !gone.Contains(one.UserId)))
        {
            Remove(userId);
            Put(userId, second);
        }

        gone.Clear();

        foreach (var (userId, second) in kept)
        {
            if (!secondOf.ContainsKey(userId))
                Put(userId, second);
        }
    }

    /// <summary>Moves users out of seconds that are too full, at most <paramref name="limit"/>. Changes this table only.</summary>
    public IReadOnlyList<PhaseMove> Level(int limit)
    {
        var moves = new List<PhaseMove>();
        if (IsLevel)
            return moves;
        var maxLoad = MaxLoad;
        foreach (var (userId, second) in secondOf.ToArray())
        {
            if (moves.Count == limit)
                break;
            if (load[second] <= maxLoad)
                continue;
            load[second]--;
            var better = LeastLoaded();
            load[better]++;
            secondOf[userId] = better;
            moves.Add(new PhaseMove(userId, better));
        }

        return moves;
    }

    void Remove(string userId)
    {
        if (secondOf.Remove(userId, out var second))
            load[second]--;
    }

    void Put(string userId, int second)
    {
        secondOf.Add(userId, second);
        load[second]++;
    }

    int LeastLoaded()
    {
        var best = first;
        for (var step = 1; step < load.Length; step++)
        {
            var second = (first + step) % load.Length;
            if (load[second] < load[best])
                best = second;
        }

        return best;
    }
}
