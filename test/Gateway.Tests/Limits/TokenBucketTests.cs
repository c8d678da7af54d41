using System.Threading.RateLimiting;
using Alerts.Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Gateway.Tests.Limits;

public class TokenBucketTests
{
    readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(1_000)]
    public void A_full_bucket_gives_its_limit_and_one_more_for_each_part_of_the_period(int limit)
    {
        using var bucket = new TokenBucket(limit, TimeSpan.FromMinutes(1), clock);

        Assert.Equal(limit, Take(bucket));
        clock.Advance(TimeSpan.FromMinutes(1) / limit);
        Assert.Equal(1, Take(bucket));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(limit, Take(bucket));
    }

    [Fact]
    public void The_wait_it_names_is_enough_and_not_a_tick_too_long()
    {
        using var bucket = new TokenBucket(7, TimeSpan.FromMinutes(1), clock);
        Take(bucket);
        using var refused = bucket.AttemptAcquire();

        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        clock.Advance(wait - TimeSpan.FromTicks(1));
        Assert.Equal(0, Take(bucket));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, Take(bucket));
    }

    [Fact]
    public void It_is_idle_while_it_is_full()
    {
        using var bucket = new TokenBucket(2, TimeSpan.FromMinutes(1), clock);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), bucket.IdleDuration);

        bucket.AttemptAcquire().Dispose();
        Assert.Null(bucket.IdleDuration);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(TimeSpan.FromSeconds(1), bucket.IdleDuration);
    }

    static int Take(TokenBucket bucket)
    {
        var taken = 0;
        while (true)
        {
            using var lease = bucket.AttemptAcquire();
            if (!lease.IsAcquired)
                return taken;
            taken++;
        }
    }
}
