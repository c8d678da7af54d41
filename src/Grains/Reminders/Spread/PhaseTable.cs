namespace Alerts.Reminders.Spread;

/// <summary>
/// Which second of the window each user of a shard has. A new user gets the least-loaded second. Among equals each shard begins
/// elsewhere in the window, so that what one shard has over is not where the others have it, and the sum of all is even too.
/// No I/O; not safe for concurrent use.
/// </summary>
public sealed class PhaseTable
{
    /// <summary>A second is too full when it holds a user more than this share over the mean, rounded up to a whole user.</summary>
    const double Slack = 1.1;

    readonly Dictionary<string, int> secondOf = new(StringComparer.Ordinal);
    readonly int[] load;
    readonly int first;

    /// <summary>Users whose reminders may not be in the store yet: assigned since the last <see cref="Take"/>.</summary>
    HashSet<string> fresh = new(StringComparer.Ordinal);

    /// <summary>Users whose reminders may still be in what is being read from the store: released since the last <see cref="Take"/>.</summary>
    readonly HashSet<string> gone = new(StringComparer.Ordinal);

    /// <summary>An empty table.</summary>
    /// <param name="seconds">Seconds of the window.</param>
    /// <param name="shard">The shard's number, from 0.</param>
    /// <param name="shards">How many shards share the window.</param>
    public PhaseTable(int seconds, int shard, int shards)
    {
        load = new int[seconds];
        first = (int)((long)shard * seconds / shards);
    }

    /// <summary>Users in the table.</summary>
    public int Count => secondOf.Count;

    /// <summary>Users in each second.</summary>
    public IReadOnlyList<int> Load => load;

    /// <summary>Whether no second is too full.</summary>
    public bool IsLevel => load.Max() <= Most;

    /// <summary>The most users a second may hold before some are moved.</summary>
    int Most => Math.Max((Count + load.Length - 1) / load.Length, (int)(Slack * Count / load.Length));

    /// <summary>The user's second: the one it has, or the least-loaded.</summary>
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

    /// <summary>The user is gone.</summary>
    public void Release(string userId)
    {
        Remove(userId);
        fresh.Remove(userId);
        gone.Add(userId);
    }

    /// <summary>
    /// Takes over what the store says. Users it does not have are forgotten, unless they were assigned since the last time: their
    /// reminders may be on the way. Users released since are not taken back: they may have left after it was read. Times therefore lie further
    /// apart than it takes to set a reminder.
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

    /// <summary>Moves the users that are too many in their second to the least-loaded ones, in the table; all others keep theirs.</summary>
    /// <param name="limit">At most this many.</param>
    public IReadOnlyList<PhaseMove> Level(int limit)
    {
        var moves = new List<PhaseMove>();
        if (IsLevel)
            return moves;
        var most = Most;
        foreach (var (userId, second) in secondOf.ToArray())
        {
            if (moves.Count == limit)
                break;
            if (load[second] <= most)
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
