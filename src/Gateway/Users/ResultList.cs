using Alerts.Search;

namespace Alerts.Gateway.Users;

/// <summary>What a user's searches find now.</summary>
/// <param name="Items">One for each search, in the user's order.</param>
public sealed record ResultList(IReadOnlyList<SearchResults> Items);
