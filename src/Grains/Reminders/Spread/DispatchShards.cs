namespace Alerts.Reminders.Spread;

/// <summary>
/// Maps a user to a dispatcher. Shards cut the ring of <see cref="GrainId.GetUniformHashCode"/> into equal arcs. The reminder table is
/// indexed by the same ring, so a shard reads its users' reminders as one range.
/// </summary>
public static class DispatchShards
{
    public static int ShardOf(uint hash, int shards) => (int)(((ulong)hash * (uint)shards) >> 32);

    /// <summary>
    /// The arc as the reminder table expects it: after <c>Begin</c>, up to and including <c>End</c>. The first shard's arc crosses the end
    /// of the ring.
    /// </summary>
    public static (uint Begin, uint End) ArcOf(int shard, int shards) => (First(shard, shards) - 1, First(shard + 1, shards) - 1);

    static uint First(int shard, int shards) => (uint)((((ulong)shard << 32) + (uint)shards - 1) / (uint)shards);
}
