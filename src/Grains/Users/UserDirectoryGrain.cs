using System.Collections.Immutable;
using System.Data.Common;
using Alerts.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Serialization;
using Orleans.Storage;

namespace Alerts.Users;

/// <summary>Lists users, page by page, without waking their grains.</summary>
[StatelessWorker]
public sealed class UserDirectoryGrain(
    UserRows stored,
    [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
    IOptions<SystemTextJsonGrainStorageSerializerOptions> json) : Grain, IUserDirectoryGrain
{
    /// <summary>Rows read for one page when the filter accepts few; the page then ends early.</summary>
    const int MaxRows = 10 * IUserDirectoryGrain.PageLimit;

    public async Task<UserPage> ListAsync(UserFilter filter, UserCursor? after, int limit)
    {
        limit = Math.Clamp(limit, 1, IUserDirectoryGrain.PageLimit);
        var users = ImmutableArray.CreateBuilder<UserView>(limit);
        for (var rows = 0; rows < MaxRows; rows += limit)
        {
            var chunk = await ReadAsync(after, limit);
            foreach (var (place, user) in chunk)
            {
                after = place;
                if (user is { Erasing: false } && user.ToView(place.UserId) is var view && filter.Lets(view))
                    users.Add(view);
                if (users.Count == limit)
                    return new UserPage(users.ToImmutable(), after);
            }

            if (chunk.Count < limit)
                return new UserPage(users.ToImmutable(), null);
        }

        return new UserPage(users.ToImmutable(), after);
    }

    public async Task<string?> ShowAsync(string userId)
    {
        var state = new GrainState<UserRecord>(new UserRecord());
        try
        {
            await storage.ReadStateAsync("user", GrainFactory.GetGrain<IUserGrain>(userId).GetGrainId(), state);
        }
        catch (Exception fault) when (fault is DbException or OrleansException)
        {
            throw new StoreUnavailableException("The user could not be read.");
        }

        return state.State is { User: not null } row ? UserStateText.Of(row, json.Value.JsonSerializerOptions) : null;
    }

    async Task<IReadOnlyList<(UserCursor Place, UserHead? User)>> ReadAsync(UserCursor? after, int rows)
    {
        try
        {
            return await stored.ReadAsync(after, rows, CancellationToken.None);
        }
        catch (DbException)
        {
            throw new StoreUnavailableException("The users could not be read.");
        }
    }
}
