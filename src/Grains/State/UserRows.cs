using System.Data.Common;
using Alerts.Configuration;
using Alerts.Sql;
using Alerts.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Alerts.State;

/// <summary>
/// Reads users' rows straight from the store, in the order of its primary key. So a page reads only the rows it shows and activates no
/// grain. Changes that a user's grain has not written yet are missing.
/// </summary>
public sealed class UserRows(
    [FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource alerts, IGrainStorageSerializer serializer, IOptions<AlertsOptions> options)
{
    /// <summary>The next rows after a place; null instead of a user who has left.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyList<(UserCursor Place, UserHead? User)>> ReadAsync(UserCursor? after, int rows,
        CancellationToken cancellationToken)
    {
        var (hash, id) = (after?.Hash ?? int.MinValue, after?.UserId ?? "");
        await using var connection = await alerts.OpenConnectionAsync(cancellationToken);
        return await new SqlBuilder(connection)
            .Sql("SELECT GrainIdHash, GrainIdExtensionString, PayloadBinary FROM OrleansStorage WHERE ServiceId = ")
            .Value(options.Value.ServiceId)
            .Sql(" AND GrainTypeString = 'user' AND PayloadBinary IS NOT NULL AND GrainIdHash >= ").Value(hash)
            .Sql(" AND (GrainIdHash > ").Value(hash).Sql(" OR GrainIdExtensionString > ").Value(id)
            .Sql(") ORDER BY GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString LIMIT ").Value(rows)
            .ReadAsync(
                row => (new UserCursor(row.GetInt32(0), row.GetString(1)),
                    serializer.Deserialize<Row>(new BinaryData((byte[])row.GetValue(2)))?.User),
                cancellationToken);
    }

    /// <summary>
    /// The part of a <see cref="UserRecord"/> that a list shows. Reading the memory of the searches too takes several times as long.
    /// </summary>
    sealed record Row(UserHead? User);
}
