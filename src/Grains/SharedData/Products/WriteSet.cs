using System.Text;
using Alerts.Search;
using Alerts.Sql;

namespace Alerts.SharedData.Products;

/// <summary>
/// The rows that some batches write to the shared database in one transaction, in the order of writing. Everything is sorted by key, so
/// that two writers take their locks in the same order.
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
    /// The observations in rounds, each sorted by item id with each item at most once. The first round has every item. Further rounds have
    /// only items whose price changed within these batches, each later than in the round before.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<ProductObservation>> Rounds { get; init; }

    /// <summary>The queries, sorted by id, with the times of their results.</summary>
    public required IReadOnlyList<QueryRow> Queries { get; init; }

    /// <summary>Which items each query found, sorted by query and item id; only the newest of each.</summary>
    public required IReadOnlyList<QueryProductRow> QueryProducts { get; init; }

    /// <summary>
    /// How many listings were left out because the schema cannot hold them. Their item id is no ASCII text of 1 to 64 characters, their
    /// price is below 0 or has more than 12 digits, or their currency is not three letters.
    /// </summary>
    public required int Refused { get; init; }

    /// <summary>Sorts batches, which may be repeated and come in any order.</summary>
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
            QueryProducts = [.. found.Values.OrderBy(row => row.QueryId, StringComparer.Ordinal)
                .ThenBy(row => row.ItemId, StringComparer.Ordinal)],
            Refused = refused,
        };
    }

    /// <summary>
    /// Writes those of an item's observations that change its price, and the newest of each marketplace. Only these batches are compared
    /// here: the database decides whether the first observation is a change.
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
