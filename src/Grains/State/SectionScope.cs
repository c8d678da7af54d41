namespace Alerts.State;

/// <summary>What of a search's matches was watched when a section was made.</summary>
/// <param name="Cheapest">How many of the cheapest; 0: everything.</param>
/// <param name="MissedSome">Whether more new ones came than eBay's pages show at once.</param>
public sealed record SectionScope(int Cheapest, bool MissedSome);
