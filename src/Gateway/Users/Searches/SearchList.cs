using System.Collections.Immutable;
using Alerts.Settings;

namespace Alerts.Gateway.Users.Searches;

/// <summary>A user's searches.</summary>
/// <param name="Items">In the user's order.</param>
public sealed record SearchList(ImmutableArray<SearchSettings> Items);
