using System.Diagnostics.Metrics;
using Alerts.Demo.Mailbox;
using Alerts.Email;
using Alerts.Mail;
using Alerts.Mail.Log;
using Alerts.Mail.Smtp;
using Alerts.Outbox;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Mail;

/// <summary>The whole way of a mail but the grain: sender, pool, a real SMTP server on loopback, and the delivery log in a SQLite file. One clock drives all but the server.</summary>
sealed class MailRoute : IAsyncDisposable
{
    readonly TempFolder folder;
    readonly SqliteDataSource database;
    readonly ServiceProvider meters;

    MailRoute(MailboxServer mailbox, MailOptions options, SqliteDataSource database, TempFolder folder)
    {
        this.folder = folder;
        Mailbox = mailbox;
        this.database = database;
        options.Port = mailbox.SmtpPort;
        Log = new DeliveryLog(database, SqliteDialect.Instance);
        Pool = new SmtpConnectionPool(Options.Create(options), Clock);
        meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        Metrics = new MailMetrics(meters.GetRequiredService<IMeterFactory>(), Pool);
        Sender = new MailSender(
            Mails.Composer(options), new SendRates(Options.Create(options), Clock), Pool, new AlikeRefusals(), Log, Failures, Metrics, Clock, new Lines(Logged));
    }

    public FakeTimeProvider Clock { get; } = new(Mails.Now);

    public MailboxServer Mailbox { get; }

    public DeliveryLog Log { get; }

    public SmtpConnectionPool Pool { get; }

    public DeliveryFailures Failures { get; } = new();

    public MailMetrics Metrics { get; }

    public MailSender Sender { get; }

    /// <summary>What the sender logged.</summary>
    public List<string> Logged { get; } = [];

    public static async Task<MailRoute> OpenAsync(MailOptions? options = null, MailboxOptions? mailbox = null)
    {
        var folder = new TempFolder();
        var database = new SqliteDataSource(folder["alerts.db"]);
        await new SchemaMigrator(DatabaseKeys.Alerts, SqliteDialect.Instance, SqlScript.Of(DatabaseKeys.Alerts, SqliteDialect.Instance), database).ApplyAsync(CancellationToken.None);
        var server = await MailboxServer.StartAsync(mailbox ?? new MailboxOptions(), TimeProvider.System);
        return new MailRoute(server, options ?? Mails.Settings(), database, folder);
    }

    /// <summary>Sends Ann a mail with one listing.</summary>
    public Task<DeliveryResult> SendAsync(string id = $"{Mails.AnnId}.1", int attempts = 0, string? to = null, Func<bool>? isWanted = null, CancellationToken? cancellationToken = null) => Sender.SendAsync(
        Mails.To(Mails.Ann with { Email = to ?? Mails.Ann.Email }),
        new OutboxEntry { Notification = Mails.Listed(1) with { Id = id }, Attempts = attempts },
        isWanted ?? (() => true),
        cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>Holds the server at a stage; the task says when it is there, the source lets it go on.</summary>
    public (Task Reached, TaskCompletionSource Hold) HoldAt(SmtpStage at)
    {
        var reached = new TaskCompletionSource();
        var hold = new TaskCompletionSource();
        Mailbox.OnStage = stage =>
        {
            if (stage != at)
                return Task.CompletedTask;
            reached.TrySetResult();
            return hold.Task;
        };
        return (reached.Task, hold);
    }

    /// <summary>Takes the database's one connection: until it is disposed nothing is recorded.</summary>
    public async Task<IAsyncDisposable> HoldDatabaseAsync() => await database.OpenConnectionAsync(TestContext.Current.CancellationToken);

    /// <summary>From now on the delivery log has only errors for an answer.</summary>
    public async Task BreakLogAsync()
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "DROP TABLE delivery_log";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        await Log.DisposeAsync();
        await Mailbox.DisposeAsync();
        await database.DisposeAsync();
        meters.Dispose();
        folder.Dispose();
    }

    sealed class Lines(List<string> lines) : ILogger<MailSender>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
                lines.Add($"{formatter(state, exception)} {exception}".ReplaceLineEndings("\n"));
        }
    }
}
