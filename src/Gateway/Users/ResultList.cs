using Alerts.Search;

namespace Alerts.Gateway.Users;

/// <summary>The present results of a user's searches.</summary>
/// <param name="Items">One for each search, in the user's order.</param>
public sealed record ResultList(IReadOnlyList<SearchResults> Items);
