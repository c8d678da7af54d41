using System.Globalization;
using Alerts.Accounts;
using Alerts.Demo.Marketplace;
using Alerts.Settings;
using Alerts.Settings.Sites;
using Alerts.Users;

namespace Alerts.Simulations.Accounts;

/// <summary>People of all settings who watch the same markets.</summary>
static class Crowd
{
    /// <summary>The drop that is news to everybody here, stated so that a change of the defaults changes no account.</summary>
    static readonly AlertRules rules = new() { DropPercent = 5, MinimumChange = 1, RearmPercent = AlertRules.NeverRearm };

    static readonly (string Name, Func<UserSettings, UserSettings> With)[] kinds =
    [
        ("changes every 2 minutes", settings => settings),
        ("changes every 20 minutes", settings => settings with { FrequencyMinutes = 20 }),
        ("changes every hour", settings => settings with { FrequencyMinutes = 60 }),
        ("every check, hourly", settings => settings with { Notify = NotifyMode.EveryCheck, FrequencyMinutes = 60 }),
        ("a digest at 8", settings => settings with { Notify = NotifyMode.Digest, FrequencyMinutes = 30 }),
        ("quiet from 11 to 14", settings => settings with { QuietHours = new QuietHours { From = 11, To = 14 } }),
        ("3 mails a day", settings => settings with { MailsPerDay = 3 }),
        ("a target price", settings => With(settings, search => search with { Rules = rules with { PriceAtOrBelow = 120 } })),
        ("overlapping searches", settings => settings with
        {
            Searches = [settings.Searches[0], settings.Searches[0] with { Price = new PriceRange { Max = 300, Currency = "USD" } }],
        }),
        ("excluded words", settings => With(settings, search => search with { ExcludeWords = ["Spare"] })),
        ("wanted words", settings => With(settings, search => search with { IncludeWords = ["thing"] })),
        ("trusted sellers", settings => With(settings, search => search with { Seller = new SellerRules { MinPercent = 98 } })),
        ("any rise arms again", settings => With(settings, search => search with { Rules = rules with { RearmPercent = 0 } })),
        ("new listings only", settings => With(settings, search => search with { Watch = WatchMode.New })),
        ("a target with shipping to a place", settings => With(settings, search => search with
        {
            DeliverTo = new DeliverTo { Country = "US", PostalCode = "19406" },
            Rules = rules with { TotalAtOrBelow = 150, UnknownShipping = UnknownShipping.LeaveOut },
        })),
        ("the cheapest only", settings => With(settings, search => search with { Watch = WatchMode.Cheapest })),
        ("auctions an hour before", settings => With(settings, search => Auctions(search, new AlertRules { NewListings = false, EndingWithinMinutes = 60 })) with
        {
            FrequencyMinutes = 20,
        }),
        ("auctions with few low bids", settings => With(settings, search => Auctions(
            search, new AlertRules { NewListings = false, EndingWithinMinutes = 30, MaxBids = 3, BidAtOrBelow = 80 }))),
        ("auctions, quiet from 11 to 14", settings => With(settings, search => Auctions(search, new AlertRules { NewListings = false, EndingWithinMinutes = 60 })) with
        {
            FrequencyMinutes = 20, QuietHours = new QuietHours { From = 11, To = 14 },
        }),
        ("10 minutes between mails", settings => settings with { MinutesBetweenMails = 10 }),
        ("a digest at 8, quiet from 7 to 10", settings => settings with
        {
            Notify = NotifyMode.Digest, FrequencyMinutes = 60, QuietHours = new QuietHours { From = 7, To = 10 },
        }),
    ];

    public static int Kinds => kinds.Length;

    /// <summary>One person of a kind, who watches one or two markets.</summary>
    public static (string Id, UserSettings Settings, Watcher Watcher) Person(int number, Random random, IReadOnlyList<NewsMarket> markets, DateTimeOffset now)
    {
        var (name, with) = kinds[number % kinds.Length];
        // The overlapping searches have a limit in dollars.
        var own = Enumerable.Range(0, 2).Select(_ => markets[random.Next(markets.Count)]).Distinct()
            .Where(market => name != "overlapping searches" || market.Site == Marketplaces.Default).DefaultIfEmpty(markets[0]).ToList();
        var settings = with(new UserSettings
        {
            Email = string.Create(CultureInfo.InvariantCulture, $"person{number}@example.org"),
            FrequencyMinutes = 2,
            Insights = false,
            Searches = [.. own.Select(market => new SearchSettings { Phrase = market.Phrase, Marketplace = market.Site, Rules = rules })],
        });
        settings = settings with
        {
            Searches = [.. settings.Searches.Select((search, index) => search with { Id = string.Create(CultureInfo.InvariantCulture, $"s-{index:x8}") })],
        };
        return (UserId.New(), settings, new Watcher
        {
            Address = settings.Email,
            Settings = name,
            Interval = TimeSpan.FromMinutes(settings.FrequencyMinutes),
            MayWait = settings is { Notify: NotifyMode.Digest } or { QuietHours: not null } or { MailsPerDay: > 0 } or { MinutesBetweenMails: > 0 },
            GetsLists = settings.Notify is NotifyMode.EveryCheck,
            Watches = [.. settings.Searches.Select(search => WatchOf(search, now))],
        });
    }

    static Watch WatchOf(SearchSettings search, DateTimeOffset now) => new(
        search.Rules.EndingWithinMinutes is null ? NewsMarket.KeyOf(search.Phrase, search.Marketplace) : NewsMarket.AuctionsOf(search.Phrase, search.Marketplace),
        now, listing => IsFound(search, listing))
    {
        IsCheapestOnly = search.Watch is WatchMode.Cheapest,
        Auctions = search.Rules.EndingWithinMinutes is { } minutes
            ? new AuctionWatch(TimeSpan.FromMinutes(minutes), search.Rules.MaxBids, search.Rules.BidAtOrBelow) : null,
        MeetsTarget = listing => IsCheapEnough(search, listing),
        HearsOfDrops = search.Watch is not WatchMode.New,
        DropPercent = search.Rules.DropPercent,
        MinimumChange = search.Rules.MinimumChange,
        RearmPercent = search.Rules.RearmPercent,
    };

    static bool IsFound(SearchSettings search, ListingSpec listing) =>
        (search.Price?.Max is not { } max || listing.Price <= max)
        && !search.ExcludeWords.Any(word => listing.Title.Contains(word, StringComparison.OrdinalIgnoreCase))
        && (search.IncludeWords.IsEmpty || search.IncludeWords.Any(word => listing.Title.Contains(word, StringComparison.OrdinalIgnoreCase)))
        && !(listing.SellerFeedbackPercent < search.Seller?.MinPercent);

    static bool IsCheapEnough(SearchSettings search, ListingSpec listing) =>
        !(listing.Price > search.Rules.PriceAtOrBelow)
        && (search.Rules.TotalAtOrBelow is not { } total || listing.Price + listing.ShippingCost <= total);

    static SearchSettings Auctions(SearchSettings search, AlertRules rules) => search with { BuyingOptions = [BuyingOption.Auction], Rules = rules };

    static UserSettings With(UserSettings settings, Func<SearchSettings, SearchSettings> change) =>
        settings with { Searches = [.. settings.Searches.Select(change)] };
}
