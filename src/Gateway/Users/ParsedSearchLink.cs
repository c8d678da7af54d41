using System.Collections.Immutable;
using Alerts.Settings;

namespace Alerts.Gateway.Users;

/// <summary>A search made of an address.</summary>
/// <param name="Search">The search, which can be saved as it is.</param>
/// <param name="NotTakenOver">What of the address is not in it.</param>
public sealed record ParsedSearchLink(SearchSettings Search, ImmutableArray<NotTakenOver> NotTakenOver);
