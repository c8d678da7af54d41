using System.Globalization;
using Alerts.Demo.Marketplace;

namespace Alerts.Simulations;

/// <summary>
/// What is on sale: things that are listed, get cheaper or dearer, vanish, return, and are ended and listed anew, some of them found by
/// two phrases. A thing never has the same price twice, so that a title and a price name one piece of news.
/// </summary>
sealed class World(Random random, int phraseCount)
{
    /// <summary>Fewer than a mail shows of a search, so that no news is merely counted.</summary>
    const int MostOnSale = 12;

    readonly List<SoldThing> things = [];
    long lastNumber = 100_000_000_000;

    public IReadOnlyList<string> Phrases { get; } = [.. Enumerable.Range(0, phraseCount).Select(number => string.Create(CultureInfo.InvariantCulture, $"phrase {number:00}"))];

    /// <summary>What a search for a phrase finds now.</summary>
    public IEnumerable<SoldThing> OnSale(string phrase) => things.Where(thing => thing.IsOnSale && thing.Phrases.Contains(phrase));

    public SoldThing Find(string title) => things.Single(thing => thing.Title == title);

    /// <summary>Lists some things for every phrase.</summary>
    public void Begin(DateTimeOffset now, MarketplaceServer marketplace)
    {
        foreach (var phrase in Phrases)
        {
            for (var count = random.Next(1, 6); count > 0; count--)
                Create(phrase, now);
        }

        foreach (var phrase in Phrases)
            Show(phrase, marketplace);
    }

    /// <summary>A few things happen.</summary>
    public void Move(int events, DateTimeOffset now, MarketplaceServer marketplace)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        for (; events > 0; events--)
            changed.UnionWith(MoveOne(now).Phrases);
        foreach (var phrase in changed)
            Show(phrase, marketplace);
    }

    SoldThing MoveOne(DateTimeOffset now)
    {
        var phrase = Pick(Phrases);
        var onSale = OnSale(phrase).ToList();
        if (onSale.Count == 0 || (onSale.Count < MostOnSale - 2 && random.Next(3) == 0))
            return things.Find(thing => !thing.IsOnSale && thing.Phrases.Contains(phrase)) is { } gone && random.Next(2) == 0 ? gone.Returned(now) : Create(phrase, now);
        var thing = Pick(onSale);
        return random.Next(onSale.Count >= MostOnSale - 2 ? 2 : 5) switch
        {
            0 => thing.Vanished(now),
            1 => thing.Relisted(++lastNumber, now),
            2 => thing.Priced(thing.Price + random.Next(1, 5_000) / 100m, now),
            _ => thing.Priced(Math.Max(0.01m, Math.Round(thing.Price * random.Next(60, 99) / 100m, 2)), now),
        };
    }

    SoldThing Create(string phrase, DateTimeOffset now)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"Thing {things.Count + 1:00000}");
        var phrases = random.Next(4) == 0 ? new[] { phrase, Pick(Phrases) }.Distinct().Where(one => one == phrase || OnSale(one).Count() < MostOnSale - 2).ToArray() : [phrase];
        var thing = new SoldThing(title, phrases, ++lastNumber);
        things.Add(thing);
        return thing.Priced(random.Next(2_000, 90_000) / 100m, now);
    }

    void Show(string phrase, MarketplaceServer marketplace) => marketplace.Script(phrase, [.. OnSale(phrase).Select(thing => thing.Spec)]);

    T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
