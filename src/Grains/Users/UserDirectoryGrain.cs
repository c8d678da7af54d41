using System.Collections.Immutable;
using System.Data.Common;
using Alerts.Configuration;
using Alerts.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Storage;

namespace Alerts.Users;

/// <summary>
/// Reads the rows of users straight from the store, in the order of its primary key, so that a page costs what it shows and wakes no
/// grain. What a user's grain has not written yet is not in it.
/// </summary>
[StatelessWorker]
public sealed class UserDirectoryGrain(
    [FromKeyedServices(Databases.Alerts)] DbDataSource alerts, IGrainStorageSerializer serializer, IOptions<AlertsOptions> options) : Grain, IUserDirectoryGrain
{
    /// <summary>Rows looked at for one page when the filter lets few through; the page then ends early.</summary>
    const int MaximumRows = 10 * IUserDirectoryGrain.PageLimit;

    const string Sql = """
        SELECT GrainIdHash, GrainIdExtensionString, PayloadBinary
        FROM OrleansStorage
        WHERE ServiceId = @service AND GrainTypeString = 'user' AND PayloadBinary IS NOT NULL
          AND GrainIdHash >= @hash AND (GrainIdHash > @hash OR GrainIdExtensionString > @id)
        ORDER BY GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString
        LIMIT @rows
        """;

    public async Task<UserPage> ListAsync(UserFilter filter, UserCursor? after, int limit)
    {
        limit = Math.Clamp(limit, 1, IUserDirectoryGrain.PageLimit);
        var users = ImmutableArray.CreateBuilder<UserView>(limit);
        for (var rows = 0; rows < MaximumRows; rows += limit)
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

    async Task<List<(UserCursor Place, UserHead? User)>> ReadAsync(UserCursor? after, int rows)
    {
        try
        {
            await using var connection = await alerts.OpenConnectionAsync();
            var parameters = new { service = options.Value.ServiceId, hash = after?.Hash ?? int.MinValue, id = after?.UserId ?? "", rows };
            await using var reader = await connection.ExecuteReaderAsync(Sql, parameters);
            var chunk = new List<(UserCursor, UserHead?)>(rows);
            while (await reader.ReadAsync())
                chunk.Add((new UserCursor(reader.GetInt32(0), reader.GetString(1)), serializer.Deserialize<Row>(new BinaryData((byte[])reader.GetValue(2)))?.User));
            return chunk;
        }
        catch (DbException)
        {
            throw new StoreUnavailableException("The users could not be read.");
        }
    }

    /// <summary>As much of a <see cref="UserRecord"/> as a list shows; reading all that a user's searches remember takes several times as long.</summary>
    sealed record Row(UserHead? User);
}
