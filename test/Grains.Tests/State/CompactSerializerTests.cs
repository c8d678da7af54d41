using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;
using Alerts.Testing;
using CsCheck;
using Orleans.Storage;
using static Alerts.Tests.Some;

namespace Alerts.Tests.State;

public class CompactSerializerTests
{
    static readonly JsonSerializerOptions options = new();
    static readonly PlainJson json = new();
    readonly CompactSerializer compact = new(json, options, isCompact: true);

    /// <summary>Also holds when a field is added: what is packed must hold all that the JSON holds.</summary>
    [Fact]
    public void Remembered_listings_come_back_with_every_field() => SeenListingTests.Any.Array[0, 60].Sample(seen =>
    {
        var record = new UserRecord { User = User() with { Searches = [new() { SearchId = "s-00000001", Query = "q", Seen = [.. seen] }] } };

        var read = compact.Deserialize<UserRecord>(compact.Serialize(record));

        Assert.Equal(JsonSerializer.Serialize(record), JsonSerializer.Serialize(read));
    });

    [Fact]
    public void A_user_with_three_searches_of_a_market_of_twenty_thousand_takes_less_than_8_KB()
    {
        const int Market = 20_000;
        var random = new Random(1);
        SearchSettings[] searches = [SearchFor("iphone 13"), SearchFor("lego 10497", "s-00000002"), SearchFor("thinkpad x1", "s-00000003")];
        var user = User(Choosing([.. searches]));
        // A day of checks every ten minutes: the cheapest hundred, and 216 new ones, as when a listing stays for three months.
        var prices = Enumerable.Range(0, Market).Select(_ => random.Next(100, 90_000) / 100m).Order().ToArray();
        for (var check = 0; check < 144; check++)
        {
            var now = Noon.AddMinutes(10 * check);
            user = Plan(user, now, [.. searches.Select((_, search) => new SearchAnswer { Snapshot = Page(search, check, now), FetchedAt = now })]).Next with { Outbox = null };
        }

        var stored = compact.Serialize(new UserRecord { User = user }).ToMemory().Length;

        TestContext.Current.TestOutputHelper?.WriteLine($"{stored:N0} bytes, {user.Searches.Sum(memory => memory.Seen.Length)} listings remembered");
        Assert.InRange(stored, 1, 8 * 1024);

        SearchSnapshot Page(int search, int check, DateTimeOffset now) => Snapshot(
            now, Market,
            Enumerable.Range(0, 100).Select(place => Listing(Number(search, place), prices[place] + (random.Next(20) == 0 ? random.Next(1, 500) / 100m : 0), created: Noon.AddDays(-9))))
            with
            {
                Newest = [.. Enumerable.Range(0, 1 + (check % 2)).Select(place => Listing(Number(search, 200 + (2 * check) + place), 400 + place, created: now.AddMinutes(-place)))],
            };

        static long Number(int search, int place) => 285_000_000_000 + (search * 100_000_000L) + (place * 13_337L);
    }

    [Fact]
    public void A_row_of_JSON_is_read_and_turned_at_its_next_write()
    {
        var record = new UserRecord { User = Plan(User(), Noon, Found(Snapshot(Noon, null, Listing(1), Listing(2)))).Next };
        var stored = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(record));

        var turned = compact.Serialize(compact.Deserialize<UserRecord>(stored));

        Assert.Equal(1, turned.ToMemory().Span[0]);
        Assert.Equal(stored.ToString(), JsonSerializer.Serialize(compact.Deserialize<UserRecord>(turned)));
    }

    /// <summary>A silo of the release before this one writes and reads names as its types have them.</summary>
    [Fact]
    public void Names_of_values_are_stored_as_older_releases_store_them()
    {
        var stored = new JsonSerializerOptions { Converters = { new JsonStringEnumConverter() } };

        Assert.Equal("\"FirstResults\"", JsonSerializer.Serialize(NotificationKind.FirstResults, stored));
        Assert.Equal("\"FirstResults\"", JsonSerializer.Serialize(NotificationKind.FirstResults));
        Assert.Equal("\"every_check\"", JsonSerializer.Serialize(NotifyMode.EveryCheck, stored));
        Assert.Equal("\"every_check\"", JsonSerializer.Serialize(NotifyMode.EveryCheck));
    }

    [Fact]
    public void A_silo_that_writes_JSON_reads_the_compact_form_and_turns_it_back()
    {
        var record = new UserRecord { User = User() };
        var plain = new CompactSerializer(json, options, isCompact: false);

        var read = plain.Deserialize<UserRecord>(compact.Serialize(record));

        Assert.Equal(JsonSerializer.Serialize(record), plain.Serialize(read).ToString());
    }

    [Fact]
    public void States_of_other_grains_stay_JSON() =>
        Assert.Equal("""{"Text":"as it was"}""", compact.Serialize(new Note("as it was")).ToString());

    [Fact]
    public void A_form_of_a_release_to_come_is_refused_and_named()
    {
        var refused = Assert.Throws<NotSupportedException>(() => compact.Deserialize<UserRecord>(new BinaryData(new byte[] { 2, 0, 0 })));

        Assert.Contains("form 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_row_is_a_fault_and_never_another_user()
    {
        var row = compact.Serialize(new UserRecord { User = User() }).ToArray();
        Gen.Select(Gen.Int[0, row.Length - 1], Gen.Byte).Sample((place, value) =>
        {
            var damaged = row.ToArray();
            damaged[place] ^= value;
            var fault = Record.Exception(() => compact.Deserialize<UserRecord>(new BinaryData(damaged)));
            Assert.True(fault is null or JsonException or InvalidDataException or NotSupportedException or FormatException, fault?.ToString());
        });
    }

    /// <summary>Two phrases with a hundred listings as eBay really answers, all remembered, and the first mail of both waiting.</summary>
    [Fact]
    public void A_user_of_two_phrases_with_a_mail_takes_at_most_5_KB()
    {
        var listings = Captured();
        var settings = Choosing(SearchFor("iphone 13", "s-00000001"), SearchFor("iphone 13 pro", "s-00000002"));
        Listing[] others = [.. listings.Select(listing => listing with { ListingNumber = listing.ListingNumber + 7, ItemId = $"v1|{listing.ListingNumber + 7}|0" })];
        var user = Plan(User(settings), Noon, Found(Snapshot(Noon, 5_000, listings)), Found(Snapshot(Noon, 5_000, others))).Next;
        var record = new UserRecord { User = user };

        var (plain, packed) = (json.Serialize(record).ToMemory().Length, compact.Serialize(record).ToMemory().Length);

        Assert.InRange(user.Searches.Sum(memory => memory.Seen.Length), 190, 200);
        Assert.NotNull(user.Outbox);
        TestContext.Current.TestOutputHelper?.WriteLine($"JSON {plain}, compact {packed} bytes");
        Assert.InRange(packed, 1, 5 * 1024);
    }

    static SearchAnswer Found(SearchSnapshot snapshot) => new() { Snapshot = snapshot, FetchedAt = snapshot.FetchedAt };

    /// <summary>What eBay really answered, in its lengths.</summary>
    static Listing[] Captured()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.FullPath, "test/ebay-samples/iphone-sort-price-100.json")));
        return [.. file.RootElement.GetProperty("itemSummaries").EnumerateArray().Select(item => Listing(1) with
        {
            ItemId = item.GetProperty("itemId").GetString()!,
            ListingNumber = long.Parse(item.GetProperty("itemId").GetString()!.Split('|')[1], CultureInfo.InvariantCulture),
            Title = item.GetProperty("title").GetString()!,
            Price = AmountOf(item.GetProperty("price")),
            SellerPrice = AmountOf(item.GetProperty("price")),
            Url = item.GetProperty("itemWebUrl").GetString()!,
            ImageUrl = item.TryGetProperty("image", out var image) ? image.GetProperty("imageUrl").GetString() : null,
            Condition = item.TryGetProperty("condition", out var condition) ? condition.GetString() : null,
            Seller = item.GetProperty("seller").GetProperty("username").GetString(),
            Country = "US",
            CreatedAt = Noon.AddMinutes(-7 * item.GetProperty("title").GetString()!.Length),
        }).DistinctBy(listing => listing.ListingNumber)];
    }

    static Money AmountOf(JsonElement price) =>
        new(decimal.Parse(price.GetProperty("value").GetString()!, CultureInfo.InvariantCulture), price.GetProperty("currency").GetString()!);

    sealed record Note(string Text);

    /// <summary>JSON as the service stores it.</summary>
    sealed class PlainJson : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, options));

        public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, options)!;
    }
}
