using Alerts.Reminders.Spread;
using CsCheck;

namespace Alerts.Tests.Reminders;

public class PhaseTableTests
{
    const int Seconds = 120;

    [Fact]
    public void A_user_keeps_its_second_when_asked_again()
    {
        var table = new PhaseTable(Seconds, shard: 0, shards: 1);
        Assert.Equal(0, table.Assign("ann"));
        Assert.Equal(1, table.Assign("bob"));
        Assert.Equal(0, table.Assign("ann"));
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void Each_shard_begins_in_its_own_part_of_the_window() =>
        Assert.Equal([0, 30, 60, 90], Enumerable.Range(0, 4).Select(shard => new PhaseTable(Seconds, shard, shards: 4).Assign("ann")));

    [Fact]
    public void A_freed_second_is_given_to_the_next()
    {
        var table = Filled(Seconds);
        table.Release("user 47");
        Assert.Equal(47, table.Assign("late"));
    }

    [Fact]
    public void A_user_who_leaves_while_the_store_is_read_does_not_come_back_with_what_it_says()
    {
        var table = new PhaseTable(Seconds, shard: 0, shards: 1);
        table.Take([("ann", 7), ("bob", 9)]);
        table.Release("ann");
        table.Release("bob");
        table.Assign("bob");
        table.Take([("ann", 7), ("bob", 9)]);
        Assert.Equal(1, table.Count);
        Assert.Equal(9, table.Assign("bob"));
    }

    [Fact]
    public void What_the_store_says_is_taken_over_and_a_user_on_the_way_to_it_is_kept_once()
    {
        var table = new PhaseTable(Seconds, shard: 0, shards: 1);
        table.Assign("on the way");
        table.Assign("arrived");
        table.Take([("arrived", 7), ("unknown", 9)]);
        Assert.Equal([0, 7, 9], new[] { "on the way", "arrived", "unknown" }.Select(table.Assign));
        // It had one reading's time to arrive.
        table.Take([("arrived", 7), ("unknown", 9)]);
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void A_row_read_twice_counts_once()
    {
        var table = new PhaseTable(Seconds, shard: 0, shards: 1);
        table.Take([("ann", 3), ("ann", 5)]);
        Assert.Equal((1, 0, 1), (table.Count, table.Load[3], table.Load[5]));
    }

    [Fact]
    public void Level_moves_no_more_than_its_limit_and_goes_on_next_time()
    {
        var table = new PhaseTable(Seconds, shard: 0, shards: 1);
        table.Take(Enumerable.Range(0, 240).Select(number => ($"user {number}", 0)));
        Assert.Equal(100, table.Level(100).Count);
        Assert.False(table.IsLevel);
        Assert.Equal(138, table.Level(1000).Count);
        Assert.True(table.IsLevel);
        Assert.Empty(table.Level(1000));
    }

    [Fact]
    public void However_users_come_and_go_the_sums_agree_and_level_moves_only_who_is_too_many() =>
        Gen.Select(Gen.Int[0, 15], Gen.Select(Gen.Int[0, 399], Gen.Bool).Array[0, 1500]).Sample((shard, steps) =>
        {
            var table = new PhaseTable(Seconds, shard, shards: 16);
            var alive = new HashSet<string>();
            foreach (var (number, comes) in steps)
            {
                var user = $"user {number}";
                if (comes && alive.Add(user))
                {
                    var least = table.Load.Min();
                    Assert.Equal(least + 1, table.Load[table.Assign(user)]);
                }
                else if (!comes && alive.Remove(user))
                {
                    table.Release(user);
                }
            }

            Assert.Equal((alive.Count, alive.Count), (table.Count, table.Load.Sum()));
            var before = alive.ToDictionary(user => user, table.Assign);
            var most = (alive.Count + Seconds - 1) / Seconds;
            var tooMany = table.Load.Sum(load => Math.Max(0, load - most));
            var moves = table.Level(int.MaxValue);
            Assert.Equal(tooMany, moves.Count);
            Assert.True(table.Load.Max() <= most);
            foreach (var move in moves)
                before[move.UserId] = move.Second;
            Assert.Equal(before, alive.ToDictionary(user => user, table.Assign));
        });

    [Theory]
    [InlineData(1_000)]
    [InlineData(20_000)]
    [InlineData(100_000)]
    public void The_fullest_second_of_the_cluster_is_near_the_mean_after_a_burst(int count) =>
        Assert.InRange(Fullest(Cluster(count)), 1, 1.2 * count / Seconds);

    [Fact]
    public void The_fullest_second_of_the_cluster_is_near_the_mean_again_after_half_are_deleted()
    {
        const int Count = 20_000;
        var tables = Cluster(Count);
        var random = new Random(20261123);
        var deleted = Enumerable.Range(0, Count).Select(SomeUsers.Id).OrderBy(_ => random.Next()).Take(Count / 2).ToArray();
        foreach (var user in deleted)
            tables[DispatchShards.ShardOf(SomeUsers.HashOf(user), tables.Length)].Release(user);

        var moves = tables.Sum(table => table.Level(int.MaxValue).Count);

        Assert.InRange(Fullest(tables), 1, 1.2 * (Count - deleted.Length) / Seconds);
        // Who is moved is a small part of who is left.
        Assert.InRange(moves, 1, (Count - deleted.Length) / 10);
    }

    static PhaseTable[] Cluster(int count)
    {
        var tables = Enumerable.Range(0, 16).Select(shard => new PhaseTable(Seconds, shard, shards: 16)).ToArray();
        foreach (var user in Enumerable.Range(0, count).Select(SomeUsers.Id))
            tables[DispatchShards.ShardOf(SomeUsers.HashOf(user), tables.Length)].Assign(user);
        return tables;
    }

    static int Fullest(PhaseTable[] tables) => Enumerable.Range(0, Seconds).Max(second => tables.Sum(table => table.Load[second]));

    static PhaseTable Filled(int count)
    {
        var table = new PhaseTable(Seconds, shard: 0, shards: 1);
        for (var number = 0; number < count; number++)
            table.Assign($"user {number}");
        return table;
    }
}
