using System.Collections.Immutable;
using Alerts.Settings;
using Alerts.Settings.Sites;

namespace Alerts.Gateway.Users.Searches;

/// <summary>A search made from an address.</summary>
/// <param name="Search">The search, which can be saved unchanged.</param>
/// <param name="NotTakenOver">The parts of the address that are missing in it.</param>
public sealed record ParsedSearchLink(SearchSettings Search, ImmutableArray<NotTakenOver> NotTakenOver);
