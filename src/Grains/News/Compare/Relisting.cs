using Alerts.Search;

namespace Alerts.News.Compare;

/// <summary>A listing that a search takes for another number of one that it, or another search of the user, knows.</summary>
/// <param name="Former">The number it is known by.</param>
/// <param name="Listing">The listing as found.</param>
/// <param name="IsPast">Whether another search found it in a newer answer, so that this number is the older one.</param>
public readonly record struct Relisting(long Former, Listing Listing, bool IsPast);
