using System.Text;
using Alerts.Search;
using Alerts.Sql;

namespace Alerts.SharedData.Products;

/// <summary>
/// What some batches ask the shared database to hold, in the order it is written: one transaction.
/// Everything is sorted by key, so that two writers take their locks in the same order.
/// </summary>
public sealed class WriteSet
{
    const int ItemIdLength = 64;
    const int CurrencyLength = 3;
    const decimal LargestPrice = 999_999_999_999.999m;

    WriteSet()
    {
    }

    /// <summary>
    /// The observations, each round sorted by item id with at most one of each item. The first round has every item; a further one
    /// is needed only for items whose price changed within these batches, each round later than the one before.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<ProductObservation>> Rounds { get; init; }

    /// <summary>The searches, by id, with the times they were made.</summary>
    public required IReadOnlyList<QueryRow> Queries { get; init; }

    /// <summary>Which items each search found, by query and item id, the newest of each.</summary>
    public required IReadOnlyList<QueryProductRow> QueryProducts { get; init; }

    /// <summary>Listings left out because the schema cannot hold them: an item id that is no ASCII text of 1 to 64 characters, a price below 0 or of more than 12 digits, a currency that is not three letters.</summary>
    public required int Refused { get; init; }

    /// <summary>Puts batches in order. Batches may be doubled, and come in any order.</summary>
    public static WriteSet Of(IReadOnlyCollection<ProductBatch> batches)
    {
        var observations = new List<ProductObservation>();
        var queries = new SortedDictionary<string, QueryRow>(StringComparer.Ordinal);
        var found = new Dictionary<(string Query, string Item), QueryProductRow>();
        var refused = 0;
        foreach (var batch in batches)
        {
            var at = batch.ObservedAt.InMilliseconds();
            var queryId = QueryIdentity.IdOf(batch.Query);
            queries[queryId] = queries.TryGetValue(queryId, out var known)
                ? known with { FirstSeen = Earlier(known.FirstSeen, at), LastSeen = Later(known.LastSeen, at) }
                : new(queryId, QueryIdentity.TextOf(batch.Query), batch.Marketplace, at, at);
            foreach (var (rank, listing) in batch.Listings)
            {
                if (!IsStorable(listing))
                {
                    refused++;
                    continue;
                }

                observations.Add(new(
                    listing.ItemId,
                    new(at, new(decimal.Round(listing.SellerPrice.Value, 3), listing.SellerPrice.Currency)),
                    new(listing, batch.Marketplace)));
                var key = (queryId, listing.ItemId);
                if (!found.TryGetValue(key, out var row) || row.LastSeen < at)
                    found[key] = new(queryId, listing.ItemId, rank, at);
            }
        }

        return new()
        {
            Rounds = RoundsOf(observations),
            Queries = [.. queries.Values],
            QueryProducts = [.. found.Values.OrderBy(row => row.QueryId, StringComparer.Ordinal).ThenBy(row => row.ItemId, StringComparer.Ordinal)],
            Refused = refused,
        };
    }

    /// <summary>
    /// Of an item's observations those are written that change its price, and the newest of each marketplace. Within these batches, that
    /// is: the database decides whether the first is a change at all.
    /// </summary>
    static List<IReadOnlyList<ProductObservation>> RoundsOf(List<ProductObservation> observations)
    {
        var rounds = new List<List<ProductObservation>>();
        foreach (var item in observations.GroupBy(observation => observation.ItemId).OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            var round = 0;
            ProductObservation? previous = null;
            var inOrder = item.OrderBy(observation => observation.Point.At).DistinctBy(observation => observation.Point.At).ToList();
            var newest = inOrder.ToLookup(observation => observation.Facts.Marketplace).Select(seen => seen.Last()).ToHashSet();
            foreach (var observation in inOrder)
            {
                if (observation.Point.Price != previous?.Point.Price || newest.Contains(observation))
                    Add(round++, observation);
                previous = observation;
            }
        }

        return [.. rounds];

        void Add(int round, ProductObservation observation)
        {
            if (round == rounds.Count)
                rounds.Add([]);
            rounds[round].Add(observation);
        }
    }

    static bool IsStorable(Listing listing) =>
        listing.ItemId.Length is > 0 and <= ItemIdLength && Ascii.IsValid(listing.ItemId)
        && IsStorable(listing.Price) && IsStorable(listing.SellerPrice) && (listing.Shipping is not { } shipping || IsStorable(shipping));

    static bool IsStorable(Money money) =>
        money is { Value: >= 0 and <= LargestPrice, Currency.Length: CurrencyLength } && Ascii.IsValid(money.Currency);

    static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
