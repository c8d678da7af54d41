namespace Alerts.Events;

/// <summary>A search found news, of which its user is notified by mail or channel.</summary>
/// <param name="User">The user's id.</param>
/// <param name="At">When the message was made.</param>
/// <param name="Search">The search's id within the user.</param>
/// <param name="Query">The search's name in the shared database; absent when the search changed meanwhile.</param>
/// <param name="Marketplace">eBay marketplace id.</param>
/// <param name="FetchedAt">When eBay gave this answer.</param>
/// <param name="Listings">The listings.</param>
sealed record NewsEvent(
    string User, DateTimeOffset At, string Search, string? Query, string Marketplace, DateTimeOffset FetchedAt,
        IReadOnlyList<NewsListing> Listings);
