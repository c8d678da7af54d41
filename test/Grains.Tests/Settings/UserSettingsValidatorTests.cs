using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Users.Addresses;

namespace Alerts.Tests.Settings;

public class UserSettingsValidatorTests
{
    static readonly SearchSettings search = new() { Phrase = "iphone 13" };
    static readonly UserSettings ann = new() { Email = "ann@example.org", FrequencyMinutes = 2, Searches = [search] };

    [Fact]
    public void The_smallest_document_is_valid() => Assert.Empty(UserSettingsValidator.Validate(ann));

    [Theory]
    [InlineData(2), InlineData(10), InlineData(20), InlineData(30), InlineData(60), InlineData(360), InlineData(720), InlineData(1440)]
    public void The_frequencies_are_these(int minutes) => Assert.Empty(UserSettingsValidator.Validate(ann with { FrequencyMinutes = minutes }));

    [Theory]
    [InlineData(0), InlineData(1), InlineData(3), InlineData(-2), InlineData(int.MaxValue)]
    public void Any_other_frequency_is_refused(int minutes) => AssertOnly("frequencyMinutes", ann with { FrequencyMinutes = minutes });

    [Fact]
    public void A_lead_before_an_auctions_end_is_in_range_with_auctions_and_no_shorter_than_the_time_between_checks()
    {
        const string Lead = "searches[0].rules.endingWithinMinutes";
        Assert.Empty(UserSettingsValidator.Validate(Ending(30)));
        Assert.Empty(UserSettingsValidator.Validate(Ending(30, minutes: 30)));
        AssertOnly(Lead, Ending(30, minutes: 60));
        AssertOnly(Lead, Ending(1439, notify: NotifyMode.Digest));
        Assert.Empty(UserSettingsValidator.Validate(Ending(1440, notify: NotifyMode.Digest)));
        AssertOnly(Lead, Ending(9));
        AssertOnly(Lead, Ending(1441));
        AssertOnly(Lead, Ending(30, option: BuyingOption.FixedPrice));
        foreach (var (path, rules) in (ValueTuple<string, AlertRules>[])[
            ("maxBids", new() { EndingWithinMinutes = 30, MaxBids = -1 }), ("maxBids", new() { MaxBids = 3 }),
            ("bidAtOrBelow", new() { EndingWithinMinutes = 30, BidAtOrBelow = 0 }), ("bidAtOrBelow", new() { BidAtOrBelow = 20 })])
            AssertOnly($"searches[0].rules.{path}", ann with { Searches = [search with { BuyingOptions = [BuyingOption.Auction], Rules = rules }] });

        static UserSettings Ending(int lead, int minutes = 2, NotifyMode notify = NotifyMode.Changes, BuyingOption option = BuyingOption.Auction) => ann with
        {
            FrequencyMinutes = minutes, Notify = notify,
            Searches = [search with { BuyingOptions = [option], Rules = new AlertRules { EndingWithinMinutes = lead, MaxBids = 0, BidAtOrBelow = 20 } }],
        };
    }

    [Theory]
    [InlineData("ann@example.org")]
    [InlineData("ann+alerts@mail.example.co.uk")]
    [InlineData("o'brien!#$%&*+-/=?^_`{|}~@example.org")]
    [InlineData("用户@例子.广告")]
    [InlineData("josé@bücher.example")]
    [InlineData("ann@xn--bcher-kva.example")]
    public void Addresses_of_all_alphabets_are_accepted(string email)
    {
        Assert.Empty(UserSettingsValidator.Validate(ann with { Email = email }));
        Assert.StartsWith("e-", EmailAddressKey.Of(email), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.org")]
    [InlineData("ann@")]
    [InlineData("ann@localhost")]
    [InlineData("ann@127.0.0.1")]
    [InlineData("ann@[127.0.0.1]")]
    [InlineData("ann@-example.org")]
    [InlineData("ann@exa_mple.org")]
    [InlineData("ann@example..org")]
    [InlineData("ann@example.org.")]
    [InlineData(".ann@example.org")]
    [InlineData("ann..b@example.org")]
    [InlineData("ann b@example.org")]
    [InlineData("\"ann b\"@example.org")]
    [InlineData("Ann <ann@example.org>")]
    [InlineData("ann@example.org,bob@example.org")]
    [InlineData("ann@example.org\r\nBcc: bob@example.org")]
    [InlineData("ann\0@example.org")]
    [InlineData("ann\u202E@example.org")]
    [InlineData("ann\u200B@example.org")]
    [InlineData("ann\uFF20example.org@example.org")]
    [InlineData("ann@example\u3002org")]
    [InlineData("ann\uFFFD@example.org")]
    public void What_is_no_address_is_refused(string email) => AssertOnly("email", ann with { Email = email });

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        AssertOnly("email", ann with { Email = "ann\uD800@example.org" });
        AssertOnly("searches[0].phrase", ann with { Searches = [search with { Phrase = "iphone\uDC0013" }] });
        AssertOnly("searches[0].excludeWords[0]", ann with { Searches = [search with { ExcludeWords = ["case\uD83D"] }] });
    }

    [Fact]
    public void An_address_has_at_most_254_octets()
    {
        string Of(int octets) => "ann@" + string.Join('.', Enumerable.Repeat(new string('x', 49), 4)) + '.' + new string('y', octets - 4 - 4 * 50);

        Assert.Empty(UserSettingsValidator.Validate(ann with { Email = Of(254) }));
        AssertOnly("email", ann with { Email = Of(255) });
    }

    [Theory]
    [InlineData("iphone 13")]
    [InlineData("(red, blue) shirt (s,m)")]
    [InlineData("lego \"75192\" -box")]
    [InlineData("кукла")]
    [InlineData("می‌خواهم")]
    public void Phrases_follow_eBays_rules(string phrase) => Assert.Empty(UserSettingsValidator.Validate(ann with { Searches = [search with { Phrase = phrase }] }));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("!!")]
    [InlineData("iphone*")]
    [InlineData("(red, blue")]
    [InlineData("red)")]
    [InlineData(")red(")]
    [InlineData("((red))")]
    [InlineData("(red,)")]
    [InlineData("()")]
    [InlineData("iphone\n13")]
    [InlineData("iphone\u202E13")]
    public void Phrases_that_eBay_would_misread_are_refused(string phrase) => AssertOnly("searches[0].phrase", ann with { Searches = [search with { Phrase = phrase }] });

    [Fact]
    public void A_phrase_has_at_most_100_characters()
    {
        Assert.Empty(UserSettingsValidator.Validate(ann with { Searches = [search with { Phrase = new string('x', 100) }] }));
        AssertOnly("searches[0].phrase", ann with { Searches = [search with { Phrase = new string('x', 101) }] });
    }

    public static TheoryData<string, SearchSettings> WrongSearches => new()
    {
        { "id", search with { Id = "s-1" } },
        { "marketplace", search with { Marketplace = "EBAY_XX" } },
        { "marketplace", search with { Marketplace = "ebay_us" } },
        { "category", search with { Category = "phones" } },
        { "category", search with { Category = "1\n" } },
        { "locationCountry", search with { LocationCountry = "XX" } },
        { "price", search with { Price = new() } },
        { "price.min", search with { Price = new() { Min = -1 } } },
        { "price.min", search with { Price = new() { Min = 0.001m } } },
        { "price.max", search with { Price = new() { Max = 1_000_000_000 } } },
        { "price.max", search with { Price = new() { Min = 2, Max = 1 } } },
        { "price.currency", search with { Price = new() { Min = 1, Currency = "usd" } } },
        { "sellers[1]", search with { Sellers = ["fine", "a|b"] } },
        { "sellers", search with { Sellers = [.. Enumerable.Repeat("a", 251)] } },
        { "excludeSellers[0]", search with { ExcludeSellers = ["a,b"] } },
        { "excludeSellers", search with { Sellers = ["a"], ExcludeSellers = ["b"] } },
        { "excludeWords[0]", search with { ExcludeWords = [new string('x', 51)] } },
        { "excludeWords[0]", search with { ExcludeWords = [" "] } },
        { "excludeWords", search with { ExcludeWords = [.. Enumerable.Repeat("a", 51)] } },
        { "rules.priceAtOrBelow", search with { Rules = new() { PriceAtOrBelow = 0 } } },
        { "rules.dropPercent", search with { Rules = new() { DropPercent = 100 } } },
        { "rules.minimumChange", search with { Rules = new() { MinimumChange = -1 } } },
        { "rules.rearmPercent", search with { Rules = new() { RearmPercent = 101 } } },
        { "rules.cooldownHours", search with { Rules = new() { CooldownHours = 721 } } },
    };

    [Theory, MemberData(nameof(WrongSearches), DisableDiscoveryEnumeration = true)]
    public void Each_wrong_field_of_a_search_is_named(string field, SearchSettings wrong)
    {
        AssertOnly("searches[0]." + field, ann with { Searches = [wrong] });
        Assert.Equal([field], UserSettingsValidator.Validate(wrong).Keys);
    }

    [Theory]
    [InlineData("UTC"), InlineData("Europe/Berlin"), InlineData("America/Argentina/Buenos_Aires"), InlineData("Etc/GMT+3")]
    public void Time_zones_are_IANA_names(string name) => Assert.Empty(UserSettingsValidator.Validate(ann with { TimeZone = name }));

    [Theory]
    [InlineData(""), InlineData("Berlin"), InlineData("Europe/Nowhere"), InlineData("W. Europe Standard Time"), InlineData("../../etc/passwd"), InlineData("localtime"), InlineData("posix/Europe/Berlin"), InlineData("UTC\n")]
    public void Other_time_zones_are_refused(string name) => AssertOnly("timeZone", ann with { TimeZone = name });

    [Theory]
    [InlineData("en-US"), InlineData("de"), InlineData("zh-Hans-CN"), InlineData("pt-BR")]
    public void Languages_are_BCP_47_tags(string tag) => Assert.Empty(UserSettingsValidator.Validate(ann with { Language = tag }));

    [Theory]
    [InlineData(""), InlineData("english"), InlineData("xx-YY"), InlineData("en_US"), InlineData("en-US\r\nX: 1")]
    public void Other_languages_are_refused(string tag) => AssertOnly("language", ann with { Language = tag });

    [Fact]
    public void Hours_are_0_to_23()
    {
        AssertOnly("digestHour", ann with { DigestHour = 24 });
        AssertOnly("quietHours.from", ann with { QuietHours = new() { From = -1, To = 7 } });
        AssertOnly("quietHours.to", ann with { QuietHours = new() { From = 22, To = 24 } });
        AssertOnly("quietHours", ann with { QuietHours = new() { From = 7, To = 7 } });
        Assert.Empty(UserSettingsValidator.Validate(ann with { QuietHours = new() { From = 22, To = 7 } }));
    }

    [Theory]
    [InlineData(-1), InlineData(721)]
    public void A_day_has_at_most_720_mails(int mails) => AssertOnly("mailsPerDay", ann with { MailsPerDay = mails });

    [Fact]
    public void A_user_has_1_to_50_searches_or_as_many_as_the_setting_says()
    {
        AssertOnly("searches", ann with { Searches = [] });
        AssertOnly("searches", ann with { Searches = default });
        Assert.Empty(UserSettingsValidator.Validate(ann with { Searches = [.. Enumerable.Repeat(search, 50)] }));
        AssertOnly("searches", ann with { Searches = [.. Enumerable.Repeat(search, 51)] });
        AssertOnly("searches", ann with { Searches = [search, search] }, maximumSearches: 1);
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var errors = UserSettingsValidator.Validate(ann with { Email = "x", FrequencyMinutes = 3, Searches = [search, search with { Phrase = "*", Marketplace = "x" }, null!] });

        Assert.Equal(["email", "frequencyMinutes", "searches[1].marketplace", "searches[1].phrase", "searches[2]"], errors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Absent_search_ids_are_given_and_given_ones_stay()
    {
        var named = UserSettingsValidator.WithSearchIds(ann with { Searches = [search, search with { Id = "s-0a1b2c3d" }, search] });

        Assert.Equal("s-0a1b2c3d", named.Searches[1].Id);
        Assert.Equal(3, named.Searches.Select(each => each.Id).Distinct().Count());
        Assert.All(named.Searches, each => Assert.True(SearchId.IsValid(each.Id)));
        Assert.Empty(UserSettingsValidator.Validate(named));
        Assert.Same(named, UserSettingsValidator.WithSearchIds(named));
    }

    [Fact]
    public void An_id_used_twice_is_refused() =>
        AssertOnly("searches[1].id", ann with { Searches = [search with { Id = "s-0a1b2c3d" }, search with { Id = "s-0a1b2c3d" }] });

    static void AssertOnly(string path, UserSettings settings, int maximumSearches = UserSettingsValidator.DefaultMaximumSearches) =>
        Assert.Equal([path], UserSettingsValidator.Validate(settings, maximumSearches).Keys);
}
