using System.Security.Cryptography;
using Alerts.Users.Feeds;

namespace Alerts.Users;

public sealed partial class UserGrain : IUserFeedGrain
{
    const int FeedKeyDigits = 32;

    public Task<FeedAddress?> GetFeedAsync() => Task.FromResult(row.User is { } user ? UserFeed.AddressOf(user) : null);

    public async Task<FeedAddress?> RenewFeedAsync()
    {
        var key = RandomNumberGenerator.GetHexString(FeedKeyDigits, lowercase: true);
        return await ChangeAsync(user => user is null or { Status: UserStatus.Unconfirmed } ? null : user with { FeedKey = key })
            ? UserFeed.AddressOf(row.User!)
            : null;
    }

    public async Task<bool> RemoveFeedAsync()
    {
        await ChangeAsync(user => user?.FeedKey is null ? null : user with { FeedKey = null });
        return row.User is not null;
    }

    public async Task<FeedContent?> ReadFeedAsync(int generation, string key, string? searchId) =>
        row.User is { } user && user.TokenGeneration == generation && user.FeedKey == key
            ? await UserFeed.ReadAsync(GrainFactory, user, searchId, Now, options.ReminderPeriod)
            : null;
}
