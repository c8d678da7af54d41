namespace Alerts.Users;

/// <summary>Lists users, for administration; any key.</summary>
[Alias("Alerts.IUserDirectoryGrain")]
public interface IUserDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>The most users a page holds.</summary>
    const int PageLimit = 100;

    /// <summary>A page of users as last written to the store. The order is always the same, but has no meaning.</summary>
    /// <param name="filter">Which users to list.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">The number of users, 1 to <see cref="PageLimit"/>.</param>
    [Alias("ListAsync")]
    Task<UserPage> ListAsync(UserFilter filter, UserCursor? after, int limit);

    /// <summary>A user's row as last written to the store, as JSON and without secrets; null when there is none.</summary>
    [Alias("ShowAsync")]
    Task<string?> ShowAsync(string userId);
}
