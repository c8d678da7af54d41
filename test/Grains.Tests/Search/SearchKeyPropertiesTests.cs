using System.Collections.Immutable;
using System.Globalization;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Sites;
using Alerts.Settings.Validation;
using CsCheck;

namespace Alerts.Tests.Search;

/// <summary>A search of any size at and past each limit: every valid one has a key of its own that the store takes.</summary>
public class SearchKeyPropertiesTests
{
    /// <summary>What the column of grains' keys holds (<c>GrainIdExtensionString</c>).</summary>
    const int MaxKey = 512;

    static readonly PollPlan plan = PollPlan.New(TimeSpan.FromMinutes(2)).Asked(Some.Noon);

    /// <summary>Characters of which one takes one, three or nine in an address.</summary>
    static readonly Gen<char> character = Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['\u3042', '\u3096'], Gen.Char['\u4e00', '\u9fa0'], Gen.Char["1+&=?;%#'"]);

    /// <summary>How far past their limit the longest texts and lists within a search are.</summary>
    static readonly Gen<int> past = Gen.Frequency((9, Gen.Const(0)), (1, Gen.Const(1)));

    static readonly Gen<ImmutableArray<string>> sellers = Gen.Select(Upto(SearchLimits.MaxSellers), past)
        .SelectMany((count, more) => Gen.String[Gen.Char.AlphaNumeric, 1, SearchLimits.MaxSeller + more].Array[count])
        .Select(names => names.ToImmutableArray());

    static readonly Gen<ImmutableArray<AspectFilter>> aspects = Gen.Select(Upto(SearchLimits.MaxAspects), past)
        .SelectMany((count, more) => Gen.Select(
            Text(SearchLimits.MaxAspectName + more),
            Gen.Int[1, SearchLimits.MaxAspectValues + more].SelectMany(values => Text(SearchLimits.MaxAspectValue + more).Array[values]),
            (name, values) => new AspectFilter { Name = name, Values = [.. values] }).Array[count])
        .Select(filters => filters.ToImmutableArray());

    static readonly Gen<SearchSettings> searches = Gen.Select(
        past.SelectMany(more => Text(SearchLimits.MaxPhrase + more)), Gen.OneOf(Marketplaces.All.ToArray()), sellers, aspects, Gen.Bool, Upto(SearchLimits.MaxConditionIds),
        (phrase, marketplace, names, filters, isExcluded, conditions) => new SearchSettings
        {
            Phrase = phrase,
            Marketplace = marketplace,
            Category = filters.IsEmpty ? null : "9355",
            Aspects = filters,
            Sellers = isExcluded ? [] : names,
            ExcludeSellers = isExcluded ? names : [],
            ConditionIds = [.. Enumerable.Range(0, conditions).Select(number => number % 2 == 0 ? 1_000 : 3_000)],
        });

    [Fact]
    public void A_valid_search_of_any_size_has_one_key_of_its_own_that_fits_the_column()
    {
        var (queries, longest, valid) = (new Dictionary<string, string>(StringComparer.Ordinal), 0, 0);
        searches.Sample(
            search =>
            {
                if (UserSettingsValidator.Validate(search).Count > 0)
                    return;
                valid++;
                var query = SearchQuery.KeyOf(search, "en");
                longest = Math.Max(longest, query.Length);
                var key = StoredUnder(query);
                Assert.InRange(key.Length, 1, MaxKey);
                Assert.Equal(key, StoredUnder(SearchQuery.KeyOf(Written(search), "en")));
                Assert.True(queries.TryAdd(key, query) || queries[key] == query);
                Assert.NotEqual(key, StoredUnder(SearchQuery.KeyOf(search with { Phrase = search.Phrase == "another" ? "other" : "another" }, "en")));
            },
            iter: 400);

        // Not only the small ones are valid, and not all are.
        Assert.InRange(longest, 10 * MaxKey, int.MaxValue);
        Assert.InRange(valid, 40, 399);
    }

    /// <summary>The same search as another person may write it.</summary>
    static SearchSettings Written(SearchSettings search) => search with
    {
        Phrase = " " + search.Phrase.ToUpper(CultureInfo.InvariantCulture) + " ",
        Sellers = [.. search.Sellers.Reverse()],
        ExcludeSellers = [.. search.ExcludeSellers.Reverse()],
        ConditionIds = [.. search.ConditionIds.Reverse()],
        Aspects = [.. search.Aspects.Reverse()],
    };

    static string StoredUnder(string query)
    {
        var storage = new SharedStorage();
        var row = new SearchRow(storage, GrainId.Create("search", query));
        Assert.True(row.WriteAsync(plan).IsCompletedSuccessfully);
        return storage.KeysOf("search").Single();
    }

    /// <summary>Nothing, one, anything between, the limit, and one more.</summary>
    static Gen<int> Upto(int limit) => Gen.Frequency(
        (3, Gen.Int[0, 1]), (3, Gen.Int[0, limit]), (3, Gen.Const(limit)), (1, Gen.Const(limit + 1)));

    static Gen<string> Text(int limit) => Gen.OneOf(Gen.Int[1, limit], Gen.Const(limit))
        .SelectMany(length => Gen.String[character, length, length]);
}
