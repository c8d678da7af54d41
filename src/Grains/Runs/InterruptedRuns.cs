namespace Alerts.Runs;

/// <summary>
/// Users whose run in this silo broke off, mostly since the store or a silo was away: to be woken again soon. Who breaks off again and again
/// is left to its ticks, so that what is wrong with one user costs little. Safe for concurrent use.
/// </summary>
public sealed class InterruptedRuns
{
    /// <summary>The most users; those beyond are left to their next tick.</summary>
    public const int Limit = 10_000;

    /// <summary>The most attempts at one user in a row.</summary>
    public const int MaxAttempts = 30;

    readonly Lock gate = new();
    readonly Dictionary<string, int> attempts = new(StringComparer.Ordinal);
    readonly HashSet<string> waiting = new(StringComparer.Ordinal);

    /// <summary>A user's run broke off.</summary>
    public void Add(string userId)
    {
        lock (gate)
        {
            if (HasRoomFor(userId) && waiting.Add(userId))
                attempts[userId] = attempts.GetValueOrDefault(userId) + 1;
        }
    }

    /// <summary>Whether a user's run may break off, since it will be begun again soon.</summary>
    public bool MayAdd(string userId)
    {
        lock (gate)
            return HasRoomFor(userId);
    }

    /// <summary>The users since the last time, each once. When there were none, former attempts are forgotten.</summary>
    public string[] Take()
    {
        lock (gate)
        {
            string[] taken = [.. waiting];
            waiting.Clear();
            if (taken.Length == 0)
                attempts.Clear();
            return taken;
        }
    }

    bool HasRoomFor(string userId) => attempts.TryGetValue(userId, out var before) ? before < MaxAttempts : attempts.Count < Limit;
}
