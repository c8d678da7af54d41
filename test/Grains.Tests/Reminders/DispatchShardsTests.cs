using Alerts.Reminders.Spread;
using CsCheck;

namespace Alerts.Tests.Reminders;

public class DispatchShardsTests
{
    [Fact]
    public void Every_place_on_the_ring_lies_in_the_arc_of_its_shard_and_in_no_other() =>
        Gen.Select(Gen.UInt, Gen.Int[1, 1024]).Sample((hash, shards) =>
        {
            var shard = DispatchShards.ShardOf(hash, shards);
            return shard >= 0 && shard < shards
                && IsIn(hash, DispatchShards.ArcOf(shard, shards))
                && (shards == 1 || !IsIn(hash, DispatchShards.ArcOf((shard + 1) % shards, shards)));
        });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Arcs_join_without_gap_or_overlap_all_around_the_ring(int shards)
    {
        for (var shard = 0; shard < shards; shard++)
        {
            var (begin, end) = DispatchShards.ArcOf(shard, shards);
            Assert.Equal(end, DispatchShards.ArcOf((shard + 1) % shards, shards).Begin);
            Assert.Equal(shard, DispatchShards.ShardOf(unchecked(begin + 1), shards));
            Assert.Equal(shard, DispatchShards.ShardOf(end, shards));
        }
    }

    /// <summary>The reminder table's reading of an arc: (begin, end], around the seam when begin is not below end.</summary>
    static bool IsIn(uint hash, (uint Begin, uint End) arc) =>
        arc.Begin < arc.End ? hash > arc.Begin && hash <= arc.End : hash > arc.Begin || hash <= arc.End;
}
