using Alerts.State;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>What is to be done about one listing.</summary>
/// <param name="Seen">What to remember of it.</param>
/// <param name="News">What to tell; null for nothing.</param>
/// <param name="IsDeferred">True when there is news that the cooldown holds back: compare again, even with an unchanged result.</param>
/// <param name="Before">The number of what it was compared with, another than its own when it was listed anew; null when it is new.</param>
readonly record struct ComparisonVerdict(SeenListing Seen, NewsItem? News = null, bool IsDeferred = false, long? Before = null);
