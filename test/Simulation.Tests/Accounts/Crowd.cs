using System.Globalization;
using Alerts.Accounts;
using Alerts.Configuration;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Simulations.Accounts;

/// <summary>People of all settings who watch the same markets.</summary>
static class Crowd
{
    /// <summary>The drop that is news to everybody here, stated so that a change of the defaults changes no account.</summary>
    static readonly AlertRules rules = new() { DropPercent = 5, MinimumChange = 1 };

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
            MayWait = settings is { Notify: NotifyMode.Digest } or { QuietHours: not null } or { MailsPerDay: > 0 },
            GetsLists = settings.Notify is NotifyMode.EveryCheck,
            Watches = [.. settings.Searches.Select(search => WatchOf(search, now))],
        });
    }

    static Watch WatchOf(SearchSettings search, DateTimeOffset now) => new(
        NewsMarket.KeyOf(search.Phrase, search.Marketplace), now,
        listing => (search.Price?.Max is not { } max || listing.Price <= max)
            && !search.ExcludeWords.Any(word => listing.Title.Contains(word, StringComparison.OrdinalIgnoreCase)),
        search.Rules.PriceAtOrBelow, search.Rules.DropPercent, search.Rules.MinimumChange);

    static UserSettings With(UserSettings settings, Func<SearchSettings, SearchSettings> change) =>
        settings with { Searches = [.. settings.Searches.Select(change)] };
}
