using System.Data.Common;
using Alerts.Configuration;
using Alerts.Events;
using Alerts.Mail.Log;
using Alerts.SharedData.Erasures;
using Alerts.SharedData.Subscriptions;
using Alerts.Sql;
using Alerts.State;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Alerts.Silo.Databases;

/// <summary>
/// <c>after-restore</c>: what a backup of the alerts database has to learn before silos start on it. Who was erased since goes again, ids
/// of mails get another end, and what lost users watched is forgotten. Repeated it changes nothing but the end of the ids. All users' ids
/// are in memory: about 100 MB for a million.
/// </summary>
public sealed class AfterRestore(
    DatabaseMigration migration,
    [FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource alerts,
    SqlDialect dialect,
    UserRows users,
    ErasureLedger erasures,
    SubscriptionStore subscriptions,
    DeliveryLog deliveries,
    EventLog events,
    IGrainStorageSerializer serializer,
    IOptions<AlertsOptions> options,
    TimeProvider clock)
{
    const int PageSize = 500;

    /// <summary>Does it, and says what was done.</summary>
    /// <exception cref="DbException">A database did not answer; run it again.</exception>
    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await migration.ApplyAsync(cancellationToken);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var erased = 0;
        UserCursor? after = null;
        while (await users.ReadAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            var gone = (await erasures.AmongAsync([.. page.Select(row => row.Place.UserId)], cancellationToken))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var (place, user) in page)
            {
                if (!gone.Contains(place.UserId))
                    known.Add(place.UserId);
                else
                    await EraseAsync(place.UserId, user, cancellationToken);
            }

            erased += gone.Count;
            after = page[^1].Place;
        }

        var forgotten = await subscriptions.KeepAsync(known, cancellationToken);
        await using var connection = await alerts.OpenConnectionAsync(cancellationToken);
        await Incarnation.RenewAsync(connection, dialect, clock.GetUtcNow(), cancellationToken);
        await output.WriteLineAsync(
            $"{known.Count} users are there. {erased} who were erased since the backup were erased again; what {forgotten} lost users "
            + $"watched is forgotten. "
            + "Ids of mails have another end from now on. Start the silos.");
    }

    /// <summary>The row goes last, so that a run that is cut off finds the user again.</summary>
    async Task EraseAsync(string userId, UserHead? user, CancellationToken cancellationToken)
    {
        await deliveries.DeleteUserAsync(userId, except: null, cancellationToken);
        await events.EraseUserAsync(userId, cancellationToken);
        var service = options.Value.ServiceId;
        await using var connection = await alerts.OpenConnectionAsync(cancellationToken);
        await new SqlBuilder(connection).Sql("DELETE FROM OrleansRemindersTable WHERE ServiceId = ").Value(service)
            .Sql(" AND GrainId = ").Value($"user/{userId}").ExecuteAsync(cancellationToken);
        if (user is not null && await ClaimsAsync(EmailAddressKey.Of(user.Settings.Email)) is [var only] && only == userId)
            await Row("DELETE FROM", "address", EmailAddressKey.Of(user.Settings.Email)).ExecuteAsync(cancellationToken);
        await Row("DELETE FROM", "user", userId).ExecuteAsync(cancellationToken);

        SqlBuilder Row(string what, string type, string key) =>
            new SqlBuilder(connection).Sql($"{what} OrleansStorage WHERE ServiceId = ").Value(service)
            .Sql(" AND GrainTypeString = ").Value(type).Sql(" AND GrainIdExtensionString = ").Value(key);

        async Task<string[]> ClaimsAsync(string address) =>
            (await Row("SELECT PayloadBinary FROM", "address", address).Sql(" AND PayloadBinary IS NOT NULL")
                .ReadAsync(row => serializer.Deserialize<EmailAddressRecord>(new BinaryData((byte[])row.GetValue(0))), cancellationToken))
            .SelectMany(record => record?.All() ?? []).ToArray();
    }
}
