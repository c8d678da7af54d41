using Microsoft.AspNetCore.WebUtilities;
using Refit;

namespace Alerts.Search.Ebay;

/// <summary>The parameters of a canonical query, as the Browse API names them; those that are null are not sent.</summary>
public sealed class EbayQuery
{
    /// <summary>Keywords.</summary>
    [AliasAs("q")]
    public required string Keywords { get; init; }

    /// <summary>Category id.</summary>
    [AliasAs("category_ids")]
    public string? Category { get; init; }

    /// <summary>Order of the results.</summary>
    [AliasAs("sort")]
    public string? Sort { get; init; }

    /// <summary>Filters, separated by commas.</summary>
    [AliasAs("filter")]
    public string? Filter { get; init; }

    /// <summary>Reads the query string of a <see cref="SearchQuery"/> key.</summary>
    public static EbayQuery Parse(string key)
    {
        var parameters = QueryHelpers.ParseQuery(SearchQuery.QueryStringOf(key));
        string? Value(string name) => parameters.TryGetValue(name, out var value) ? value.ToString() : null;
        return new EbayQuery { Keywords = Value("q") ?? "", Category = Value("category_ids"), Sort = Value("sort"), Filter = Value("filter") };
    }
}
