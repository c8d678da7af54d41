using System.Globalization;
using Alerts.Demo.Marketplace;

namespace Alerts.Simulations;

/// <summary>Something sold, under one title and changing numbers and prices.</summary>
sealed class SoldThing(string title, IReadOnlyList<string> phrases, long number)
{
    readonly List<(decimal Price, DateTimeOffset From, DateTimeOffset? To)> prices = [];
    long number = number;
    DateTimeOffset listedAt;

    public string Title => title;

    /// <summary>The phrases that find it.</summary>
    public IReadOnlyList<string> Phrases => phrases;

    public decimal Price => prices[^1].Price;

    public bool IsOnSale => prices[^1].To is null;

    public ListingSpec Spec => new(number.ToString(CultureInfo.InvariantCulture), title, Price) { CreatedAt = listedAt, Seller = "seller of " + title };

    /// <summary>Whether it had a price at some moment between two.</summary>
    public bool Cost(decimal price, DateTimeOffset from, DateTimeOffset to) => prices.Exists(one => one.Price == price && one.From <= to && (one.To ?? to) >= from);

    public override string ToString() => $"{title} ({string.Join(", ", phrases)}): {string.Join(", ", prices.Select(one => $"{one.Price} {one.From:dd HH:mm:ss}-{one.To:HH:mm:ss}"))}; number {number} since {listedAt:dd HH:mm:ss}";

    /// <summary>From now on at a price; at the nearest it never had, if it had this one.</summary>
    public SoldThing Priced(decimal price, DateTimeOffset now)
    {
        while (prices.Exists(one => one.Price == price))
            price += 0.01m;
        if (prices.Count == 0)
            listedAt = now;
        Vanished(now);
        prices.Add((price, now, null));
        return this;
    }

    public SoldThing Vanished(DateTimeOffset now)
    {
        if (prices.Count > 0 && IsOnSale)
            prices[^1] = prices[^1] with { To = now };
        return this;
    }

    public SoldThing Returned(DateTimeOffset now)
    {
        prices.Add((Price, now, null));
        return this;
    }

    /// <summary>Ended and listed anew, as sellers do: the same thing at the same price with another number.</summary>
    public SoldThing Relisted(long another, DateTimeOffset now)
    {
        (number, listedAt) = (another, now);
        return this;
    }
}
