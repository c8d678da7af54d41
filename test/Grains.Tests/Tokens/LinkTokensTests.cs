using Alerts.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Tokens;

public class LinkTokensTests
{
    const string Key = "0123456789abcdef0123456789abcdef";
    const string Ann = "u-0123456789abcdef0123456789abcdef";
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    LinkTokens Tokens(string key = Key) => new(key, clock);

    [Fact]
    public async Task A_token_says_what_it_was_issued_for()
    {
        var token = Tokens().Issue(LinkPurpose.Unsubscribe, Ann, 3, "s-0a1b2c3d");

        Assert.Equal(
            new LinkToken { Purpose = LinkPurpose.Unsubscribe, UserId = Ann, Generation = 3, SearchId = "s-0a1b2c3d" },
            await Tokens().ReadAsync(token, LinkPurpose.Unsubscribe));
    }

    [Fact]
    public async Task The_key_before_is_good_for_its_time_and_signs_nothing_new()
    {
        var before = Tokens().Issue(LinkPurpose.Unsubscribe, Ann, 1);
        var rotated = new LinkTokens(new string('n', 32), clock, (Key, clock.GetUtcNow() + TimeSpan.FromDays(30)));

        Assert.NotNull(await rotated.ReadAsync(before, LinkPurpose.Unsubscribe));
        Assert.Null(await Tokens().ReadAsync(rotated.Issue(LinkPurpose.Unsubscribe, Ann, 1), LinkPurpose.Unsubscribe));
        clock.Advance(TimeSpan.FromDays(30));
        Assert.Null(await rotated.ReadAsync(before, LinkPurpose.Unsubscribe));
    }

    [Theory, CombinatorialPurposes]
    public async Task A_token_is_good_for_its_own_purpose_only(LinkPurpose issued, LinkPurpose asked)
    {
        var read = await Tokens().ReadAsync(Tokens().Issue(issued, Ann, 1), asked);

        Assert.Equal(issued == asked, read is not null);
    }

    [Theory]
    [InlineData(LinkPurpose.Confirm, 7 * 24)]
    [InlineData(LinkPurpose.Undo, 1)]
    [InlineData(LinkPurpose.TakeBack, 72)]
    [InlineData(LinkPurpose.Manage, 365 * 24)]
    public async Task A_token_expires_at_the_end_of_its_lifetime(LinkPurpose purpose, int hours)
    {
        var token = Tokens().Issue(purpose, Ann, 1);

        clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Tokens().ReadAsync(token, purpose));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Tokens().ReadAsync(token, purpose));
    }

    [Fact]
    public async Task An_unsubscribe_link_works_years_later()
    {
        var token = Tokens().Issue(LinkPurpose.Unsubscribe, Ann, 1);

        clock.Advance(TimeSpan.FromDays(3650));

        Assert.NotNull(await Tokens().ReadAsync(token, LinkPurpose.Unsubscribe));
    }

    [Fact]
    public async Task Another_key_reads_nothing()
    {
        var token = Tokens("another key of more than 32 characters").Issue(LinkPurpose.Manage, Ann, 1);

        Assert.Null(await Tokens().ReadAsync(token, LinkPurpose.Manage));
    }

    [Fact]
    public async Task A_token_with_any_one_character_changed_is_refused()
    {
        var token = Tokens().Issue(LinkPurpose.Manage, Ann, 1);
        // The last character of a part may carry unused bits, which decoders are free to ignore: it is left alone.
        var ends = token.Split('.').Aggregate(new List<int> { -1 }, (list, part) => [.. list, list[^1] + part.Length + 1]);

        for (var i = 0; i < token.Length; i++)
        {
            if (ends.Contains(i + 1))
                continue;
            var altered = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Null(await Tokens().ReadAsync(altered, LinkPurpose.Manage));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1LTAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwiZ2VuIjoxLCJpc3MiOiJhbGVydHMiLCJhdWQiOiJtYW5hZ2UifQ.")]
    public async Task What_is_no_token_of_ours_is_refused(string? token) =>
        Assert.Null(await Tokens().ReadAsync(token, LinkPurpose.Manage));

    [Fact]
    public async Task A_token_longer_than_the_limit_is_refused() =>
        Assert.Null(await Tokens().ReadAsync(Tokens().Issue(LinkPurpose.Manage, Ann, 1, new string('s', LinkTokens.MaximumLength)), LinkPurpose.Manage));

    [Fact]
    public void A_token_fits_a_link()
    {
        var token = Tokens().Issue(LinkPurpose.Unsubscribe, Ann, 1, "s-0a1b2c3d");

        Assert.InRange(token.Length, 1, 300);
        Assert.Equal(token, Uri.EscapeDataString(token));
    }

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<ArgumentException>(() => Tokens("short"));

    sealed class CombinatorialPurposesAttribute : Xunit.v3.DataAttribute
    {
        public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(System.Reflection.MethodInfo testMethod, Xunit.Sdk.DisposalTracker disposalTracker) =>
            new([.. from issued in Enum.GetValues<LinkPurpose>() from asked in Enum.GetValues<LinkPurpose>() select new TheoryDataRow<LinkPurpose, LinkPurpose>(issued, asked)]);

        public override bool SupportsDiscoveryEnumeration() => true;
    }
}
