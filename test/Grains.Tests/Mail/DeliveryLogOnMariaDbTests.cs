using System.Data.Common;
using Alerts.Mail.Log;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Sql;
using Alerts.Testing;
using MySql.Data.MySqlClient;

namespace Alerts.Tests.Mail;

public sealed class DeliveryLogOnMariaDbTests(Servers servers) : DeliveryLogContract
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected override SqlDialect Dialect => MySqlDialect.Instance;

    [Fact]
    public async Task A_record_that_the_database_refuses_fails_alone()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);

        var written = Enumerable.Range(1, 50)
            .Select(number => log.RecordAsync(Record(number) with { Subject = number == 20 ? new string('s', 501) : "iPhone" }))
            .ToList();

        await Assert.ThrowsAnyAsync<DbException>(() => written[19]);
        written.RemoveAt(19);
        await Task.WhenAll(written);
        Assert.Equal(49, (await log.ListAsync(Mails.AnnId, null, 200, Cancellation)).Count);
    }

    [Fact]
    public async Task A_deletion_that_a_deadlock_takes_back_is_done_again()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        await Task.WhenAll(log.RecordAsync(Record(1)), log.RecordAsync(Record(2)));
        await using var other = await Transaction.BeginAsync(database);
        await other.LockAsync($"message_id = '{Record(2).NotificationId}'");

        var deletion = log.DeleteUserAsync(Mails.AnnId, except: null, Cancellation);
        await other.MakeDeadlockAsync(Record(1).NotificationId);

        await deletion;
        Assert.Empty(await log.ListAsync(Mails.AnnId, null, 200, Cancellation));
    }

    [Fact]
    public async Task A_record_that_a_deadlock_takes_back_is_written_again()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        await log.RecordAsync(Record(1));
        await using var other = await Transaction.BeginAsync(database);
        // No record is there yet, so this locks the gap in the index that the record's time belongs in.
        await other.LockAsync($"user_id = '{Mails.AnnId}' AND accepted_at > '{Record(1).AcceptedAt.AddDays(1):yyyy-MM-dd}'");

        var later = Record(1) with { AcceptedAt = Record(1).AcceptedAt.AddDays(7) };
        var written = log.RecordAsync(later);
        await other.MakeDeadlockAsync(later.NotificationId);

        await written;
        Assert.Equal([later], await log.ListAsync(Mails.AnnId, null, 200, Cancellation));
    }

    /// <summary>Another's transaction, which has written so much that it is never a deadlock's victim.</summary>
    sealed class Transaction(DbDataSource database, DbConnection connection, DbTransaction transaction) : IAsyncDisposable
    {
        public static async Task<Transaction> BeginAsync(DbDataSource database)
        {
            var connection = await database.OpenConnectionAsync(Cancellation);
            var begun = new Transaction(database, connection, await connection.BeginTransactionAsync(Cancellation));
            await ExecuteAsync(
                connection,
                """
                INSERT INTO delivery_log (message_id, user_id, kind, subject, accepted_at, attempts)
                SELECT CONCAT('z', seq), 'other', 'Changes', '', NOW(), 1 FROM seq_1_to_50
                """);
            return begun;
        }

        public Task LockAsync(string rows) => ExecuteAsync(connection, $"SELECT message_id FROM delivery_log WHERE {rows} FOR UPDATE");

        /// <summary>Waits until somebody, who will want what is locked here, has locked a record; then takes it and commits.</summary>
        public async Task MakeDeadlockAsync(string record)
        {
            await using (var probe = await database.OpenConnectionAsync(Cancellation))
            {
                while (await IsFreeAsync(probe, record))
                    Cancellation.ThrowIfCancellationRequested();
            }

            await LockAsync($"message_id = '{record}'");
            await transaction.CommitAsync(Cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }

        static async Task<bool> IsFreeAsync(DbConnection probe, string record)
        {
            try
            {
                await ExecuteAsync(probe, $"SELECT message_id FROM delivery_log WHERE message_id = '{record}' FOR UPDATE NOWAIT");
                return true;
            }
            catch (MySqlException refused) when (refused.Number == 1205)
            {
                return false;
            }
        }

        static async Task ExecuteAsync(DbConnection connection, string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    protected override async Task<DbDataSource> OpenAsync()
    {
        var server = await servers.MariaDbAsync();
        var database = new MySqlDataSource(await server.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await new SchemaMigrator(DatabaseKeys.Alerts, MySqlDialect.Instance, SqlScript.Of(DatabaseKeys.Alerts, MySqlDialect.Instance), database).ApplyAsync(CancellationToken.None);
        return database;
    }
}
