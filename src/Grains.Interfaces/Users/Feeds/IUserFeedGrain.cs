using Orleans.Concurrency;

namespace Alerts.Users.Feeds;

/// <summary>The Atom feed of one user, key <see cref="UserId"/>: a part of <see cref="IUserGrain"/>.</summary>
[Alias("Alerts.IUserFeedGrain")]
public interface IUserFeedGrain : IGrainWithStringKey
{
    /// <summary>What the feed's addresses are made of; null when there is no user.</summary>
    [Alias("GetAsync"), AlwaysInterleave]
    Task<FeedAddress?> GetFeedAsync();

    /// <summary>Makes a feed, or one at another address in place of it; null when there is no user, or its address is not confirmed.</summary>
    [Alias("RenewAsync")]
    Task<FeedAddress?> RenewFeedAsync();

    /// <summary>Removes the feed: its addresses lead nowhere from now on. False when there is no user.</summary>
    [Alias("RemoveAsync")]
    Task<bool> RemoveFeedAsync();

    /// <summary>What the feed shows now, without asking eBay; null when the address is not, or no longer, the feed's.</summary>
    /// <param name="generation">The token generation that the address has.</param>
    /// <param name="key">The key that the address has.</param>
    /// <param name="searchId">The one search; null for all.</param>
    [Alias("ReadAsync"), AlwaysInterleave]
    Task<FeedContent?> ReadFeedAsync(int generation, string key, string? searchId);
}
