using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;

namespace Alerts.News.Compare;

/// <summary>The verdict on one listing.</summary>
/// <param name="Seen">What to remember of the listing while no mail names it.</param>
/// <param name="News">What a mail may say about it; null for nothing.</param>
/// <param name="IsDeferred">True when the cooldown holds news back: compare again, even with an unchanged result.</param>
readonly record struct ComparisonVerdict(SeenListing Seen, NewsItem? News = null, bool IsDeferred = false);
