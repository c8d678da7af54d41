using Alerts.State;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>What is to be done about one listing.</summary>
/// <param name="Seen">What to remember of it while no mail names it.</param>
/// <param name="News">What a mail may say of it; null for nothing.</param>
/// <param name="IsDeferred">True when there is news that the cooldown holds back: compare again, even with an unchanged result.</param>
readonly record struct ComparisonVerdict(SeenListing Seen, NewsItem? News = null, bool IsDeferred = false);
