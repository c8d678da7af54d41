using System.Data.Common;
using Alerts.Configuration;
using Alerts.Sql;
using Alerts.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Alerts.State;

/// <summary>
/// Reads the rows of users straight from the store, in the order of its primary key, so that a page costs what it shows and wakes no
/// grain. What a user's grain has not written yet is not in it.
/// </summary>
public sealed class UserRows(
    [FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource alerts, IGrainStorageSerializer serializer, IOptions<AlertsOptions> options)
{
    /// <summary>The next rows after a place; null in place of a user who was enrolled and is gone.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyList<(UserCursor Place, UserHead? User)>> ReadAsync(UserCursor? after, int rows, CancellationToken cancellationToken)
    {
        var (hash, id) = (after?.Hash ?? int.MinValue, after?.UserId ?? "");
        await using var connection = await alerts.OpenConnectionAsync(cancellationToken);
        return await new SqlBuilder(connection)
            .Sql("SELECT GrainIdHash, GrainIdExtensionString, PayloadBinary FROM OrleansStorage WHERE ServiceId = ").Value(options.Value.ServiceId)
            .Sql(" AND GrainTypeString = 'user' AND PayloadBinary IS NOT NULL AND GrainIdHash >= ").Value(hash)
            .Sql(" AND (GrainIdHash > ").Value(hash).Sql(" OR GrainIdExtensionString > ").Value(id)
            .Sql(") ORDER BY GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString LIMIT ").Value(rows)
            .ReadAsync(
                row => (new UserCursor(row.GetInt32(0), row.GetString(1)), serializer.Deserialize<Row>(new BinaryData((byte[])row.GetValue(2)))?.User),
                cancellationToken);
    }

    /// <summary>As much of a <see cref="UserRecord"/> as a list shows; reading all that a user's searches remember takes several times as long.</summary>
    sealed record Row(UserHead? User);
}
