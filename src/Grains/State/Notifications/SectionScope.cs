namespace Alerts.State.Notifications;

/// <summary>Which part of a search's matches was watched when a section was made.</summary>
/// <param name="Cheapest">How many of the cheapest were watched; 0 for all matches.</param>
/// <param name="MissedSome">Whether more new listings came than eBay's pages show at once.</param>
public sealed record SectionScope(int Cheapest, bool MissedSome);
