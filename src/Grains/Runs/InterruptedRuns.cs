namespace Alerts.Runs;

/// <summary>
/// Users whose run in this silo broke off, mostly because the store or a silo was away. They are woken again soon. A user whose run breaks
/// off many times in a row waits for the next tick, so that one faulty user costs little. Safe for concurrent use.
/// </summary>
public sealed class InterruptedRuns
{
    /// <summary>Users remembered at once; further ones wait for their next tick.</summary>
    public const int Limit = 10_000;

    /// <summary>Attempts at one user in a row.</summary>
    public const int MaxAttempts = 30;

    readonly Lock gate = new();
    readonly Dictionary<string, int> attempts = new(StringComparer.Ordinal);
    readonly HashSet<string> waiting = new(StringComparer.Ordinal);

    public void Add(string userId)
    {
        lock (gate)
        {
            if (HasRoomFor(userId) && waiting.Add(userId))
                attempts[userId] = attempts.GetValueOrDefault(userId) + 1;
        }
    }

    /// <summary>Whether a broken-off run of this user would be repeated soon.</summary>
    public bool MayAdd(string userId)
    {
        lock (gate)
            return HasRoomFor(userId);
    }

    /// <summary>The users added since the last call, each once. If there were none, earlier attempts are forgotten.</summary>
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
