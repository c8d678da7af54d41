using Orleans.Concurrency;

namespace Alerts.Users.Feeds;

/// <summary>The Atom feed of one user; the key is a <see cref="UserId"/>. A part of <see cref="IUserGrain"/>.</summary>
[Alias("Alerts.IUserFeedGrain")]
public interface IUserFeedGrain : IGrainWithStringKey
{
    /// <summary>The parts of the feed's addresses; null when there is no user.</summary>
    [Alias("GetAsync"), AlwaysInterleave]
    Task<FeedAddress?> GetFeedAsync();

    /// <summary>
    /// Makes a feed, or replaces it by one at a new address. Null when there is no user, or when its address is not confirmed.
    /// </summary>
    [Alias("RenewAsync")]
    Task<FeedAddress?> RenewFeedAsync();

    /// <summary>Removes the feed; its addresses stop working. False when there is no user.</summary>
    [Alias("RemoveAsync")]
    Task<bool> RemoveFeedAsync();

    /// <summary>The feed's present content, without asking eBay; null when the address is not, or no longer, the feed's.</summary>
    /// <param name="generation">The token generation in the address.</param>
    /// <param name="key">The key in the address.</param>
    /// <param name="searchId">The one search; null for all.</param>
    [Alias("ReadAsync"), AlwaysInterleave]
    Task<FeedContent?> ReadFeedAsync(int generation, string key, string? searchId);
}
