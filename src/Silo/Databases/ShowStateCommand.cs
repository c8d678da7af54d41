using System.Data.Common;
using Alerts.Configuration;
using Alerts.Sql;
using Alerts.State;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;

namespace Alerts.Silo.Databases;

/// <summary>
/// <c>show-state u-…</c>: a user's row as JSON, whatever form it is stored in. It holds the user's address and no secrets: for the
/// operator's eyes.
/// </summary>
public static class ShowStateCommand
{
    /// <summary>Prints the row: 0; or says that there is none: 1.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, string userId, TextWriter output, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Alerts)
            .OpenConnectionAsync(cancellationToken);
        var rows = await new SqlBuilder(connection)
            .Sql("SELECT PayloadBinary FROM OrleansStorage WHERE ServiceId = ")
            .Value(services.GetRequiredService<IOptions<AlertsOptions>>().Value.ServiceId)
            .Sql(" AND GrainIdExtensionString = ").Value(userId).Sql(" AND GrainTypeString = 'user' AND PayloadBinary IS NOT NULL")
            .ReadAsync(row => new BinaryData((byte[])row.GetValue(0)), cancellationToken);
        if (rows is not [var stored])
        {
            await output.WriteLineAsync($"There is no user {userId}.");
            return 1;
        }

        var json = services.GetRequiredService<IOptions<SystemTextJsonGrainStorageSerializerOptions>>().Value.JsonSerializerOptions;
        var user = services.GetRequiredService<IGrainStorageSerializer>().Deserialize<UserRecord>(stored);
        await output.WriteLineAsync(UserStateText.Of(user!, json));
        return 0;
    }
}
