using System.Runtime.CompilerServices;
using System.Text.Json;
using Alerts.Search;
using Alerts.State.Memory;
using CsCheck;

namespace Alerts.Tests.State;

public class SeenListingTests
{
    internal static readonly Gen<SeenListing> Any =
        from number in Gen.Long[1, 999_999_999_999]
        from price in Gen.Long[0, 9_000_000_000_000_000]
        from currency in Gen.Char['A', 'Z'].Array[3]
        from since in Gen.Long[1, 4_000_000_000].Nullable()
        from told in Gen.Long[1, 4_000_000_000].Nullable()
        from gone in Gen.Long[1, 4_000_000_000].Nullable()
        from likeness in Gen.UInt
        from flags in Gen.Bool.Array[4]
        select new SeenListing
        {
            Number = number,
            Reference = new Money(price / 10_000m, new string(currency)),
            ReferenceSince = Since2020(since),
            NotifiedAt = Since2020(told),
            GoneSince = Since2020(gone),
            Likeness = likeness,
            IsAuction = flags[0],
            IsWaiting = flags[1],
            HasBids = flags[2],
            IsEndingSaid = flags[3],
        };

    [Fact]
    public void What_is_packed_comes_out_as_it_went_in_and_so_does_what_is_stored() =>
        Any.Sample(seen => JsonSerializer.Deserialize<SeenListing>(JsonSerializer.Serialize(seen)) == seen);

    [Fact]
    public void Prices_currencies_and_moments_are_kept_exactly()
    {
        var seen = new SeenListing { Number = 1, Reference = new Money(1234.5678m, "ZZZ"), NotifiedAt = Some.Noon };
        Assert.Equal(new Money(1234.5678m, "ZZZ"), seen.Reference);
        Assert.Equal(Some.Noon, seen.NotifiedAt);
        Assert.Null(seen.GoneSince);
    }

    [Fact]
    public void A_currency_that_is_none_is_kept_as_none() =>
        Assert.Equal("", new SeenListing { Number = 1, Reference = new Money(1, "us1") }.Reference.Currency);

    [Fact]
    public void A_lower_case_code_is_the_same_currency() =>
        Assert.Equal("USD", new SeenListing { Number = 1, Reference = new Money(1, "usd") }.Reference.Currency);

    [Fact]
    public void A_stored_listing_with_a_field_of_a_later_version_is_read() =>
        Assert.Equal(7, JsonSerializer.Deserialize<SeenListing>("""[7,12.5,"USD",0,0,0,1,0,"later"]""").Number);

    [Fact]
    public void Forty_bytes_are_enough() => Assert.Equal(40, Unsafe.SizeOf<SeenListing>());

    static DateTimeOffset? Since2020(long? seconds) => seconds is { } s ? new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(s) : null;
}
