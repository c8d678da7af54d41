namespace Alerts.Reminders.Spread;

/// <summary>
/// Which dispatcher a user belongs to. Shards cut the ring of <see cref="GrainId.GetUniformHashCode"/> into equal arcs, the ring by
/// which the reminder table is indexed, so that a shard reads its users' reminders as one range.
/// </summary>
public static class DispatchShards
{
    public static int ShardOf(uint hash, int shards) => (int)(((ulong)hash * (uint)shards) >> 32);

    /// <summary>
    /// The arc as the reminder table wants it: after <c>Begin</c>, up to and with <c>End</c>. That of the first shard goes round the seam.
    /// </summary>
    public static (uint Begin, uint End) ArcOf(int shard, int shards) => (First(shard, shards) - 1, First(shard + 1, shards) - 1);

    static uint First(int shard, int shards) => (uint)((((ulong)shard << 32) + (uint)shards - 1) / (uint)shards);
}
