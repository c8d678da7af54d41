using System.Globalization;
using Alerts.Configuration;
using Alerts.Settings;
using Alerts.Testing;
using Alerts.Users;

namespace Alerts.Simulations;

/// <summary>Users who ask the same share one call, however many they are and however they write it.</summary>
public sealed class SharedSearchesTests
{
    const int Users = 10_000;
    const int Phrases = 2_000;

    [Fact]
    public async Task In_a_window_eBay_is_asked_once_for_each_distinct_search_of_ten_thousand_users()
    {
        await using var simulation = await Simulation.StartAsync(seed: 1);
        var zipf = new Zipf(Phrases, simulation.Random);
        var users = Enumerable.Range(0, Users).Select(number => (Id: UserId.New(), Settings: Settings(number, zipf, simulation.Random))).ToList();
        var phrases = users.SelectMany(user => user.Settings.Searches).Select(search => search.Phrase.Split('#')[1]).ToList();
        var distinct = phrases.Distinct().Count();

        await simulation.EnrolAsync(users);
        Assert.Equal(distinct, simulation.Marketplace.SearchCalls.Value);

        await simulation.StepAsync(AlertsOptions.StandardReminderPeriod, [.. users.Select(user => user.Id)]);
        Assert.Equal(2 * distinct, simulation.Marketplace.SearchCalls.Value);
        Assert.All(simulation.Marketplace.SearchCallsByQuery, query => Assert.Equal(2, query.Value));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Users:N0} users with {phrases.Count:N0} searches, of them {distinct:N0} distinct: {distinct:N0} calls a window; one a user and phrase would be {phrases.Count:N0}.");
    }

    [Fact]
    public async Task A_thousand_users_of_fifty_queries_with_places_sellers_and_words_make_the_calls_of_fifty_queries_in_each_place()
    {
        const int People = 1_000;
        const int Queries = 50;
        (string Country, string[] Codes)[] places = [("US", ["19406", "19401", "19473"]), ("US", ["94105", "94110"]), ("DE", ["10115", "10117"])];
        await using var simulation = await Simulation.StartAsync(seed: 1);
        var users = Enumerable.Range(0, People).Select(number => (Id: UserId.New(), Settings: At(number, places[number / Queries % places.Length]))).ToList();

        await simulation.EnrolAsync(users);
        Assert.Equal(Queries * places.Length, simulation.Marketplace.SearchCalls.Value);

        await simulation.StepAsync(AlertsOptions.StandardReminderPeriod, [.. users.Select(user => user.Id)]);
        Assert.Equal(2 * Queries * places.Length, simulation.Marketplace.SearchCalls.Value);

        UserSettings At(int number, (string Country, string[] Codes) place) => new()
        {
            Email = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org"),
            FrequencyMinutes = 2,
            Searches =
            [
                new SearchSettings
                {
                    Id = "s-00000001",
                    Phrase = string.Create(CultureInfo.InvariantCulture, $"thing #{number % Queries}"),
                    DeliverTo = new DeliverTo { Country = place.Country, PostalCode = place.Codes[number % place.Codes.Length] },
                    Seller = new SellerRules { MinPercent = 90 + (number % 10), MinRatings = number, Exclude = [$"seller{number}"] },
                    IncludeWords = [$"word{number % 7}"],
                    ExcludeWords = [$"word{number % 11}"],
                },
            ],
        };
    }

    static UserSettings Settings(int number, Zipf zipf, Random random) => new()
    {
        Email = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org"),
        FrequencyMinutes = 2,
        Searches = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => zipf.Next()).Distinct()
            .Select((phrase, index) => new SearchSettings { Id = string.Create(CultureInfo.InvariantCulture, $"s-{index:x8}"), Phrase = Written(phrase, random) })],
    };

    /// <summary>The same phrase in one of the ways people write it.</summary>
    static string Written(int phrase, Random random)
    {
        var list = random.Next(3) switch { 0 => "(red, blue)", 1 => "(Blue,RED)", _ => "( blue , red )" };
        return string.Create(CultureInfo.InvariantCulture, $"{(random.Next(2) == 0 ? "Thing" : " thing ")} {list} #{phrase}");
    }
}
