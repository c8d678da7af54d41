using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>A connection lent by <see cref="KeptConnections"/>; closing it gives it back.</summary>
sealed class KeptConnection(KeptConnections kept) : DbConnection
{
    MySqlConnection? inner;

    [AllowNull]
    public override string ConnectionString
    {
        get => kept.ConnectionString;
        set => throw new NotSupportedException("A kept connection goes where the others go.");
    }

    public override string Database => Inner.Database;

    public override string DataSource => Inner.DataSource;

    public override string ServerVersion => Inner.ServerVersion;

    public override ConnectionState State => inner?.State ?? ConnectionState.Closed;

    MySqlConnection Inner => inner ?? throw new InvalidOperationException("The connection is not open.");

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("A kept connection stays in its database.");

    public override void Open()
    {
        inner = kept.Take();
        OnStateChange(new(ConnectionState.Closed, ConnectionState.Open));
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        inner = await kept.TakeAsync(cancellationToken).ConfigureAwait(false);
        OnStateChange(new(ConnectionState.Closed, ConnectionState.Open));
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref inner, null) is not { } connection)
            return;
        kept.Return(connection);
        OnStateChange(new(ConnectionState.Open, ConnectionState.Closed));
    }

    public override Task CloseAsync()
    {
        Close();
        return Task.CompletedTask;
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => Inner.BeginTransaction(isolationLevel);

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        if (isolationLevel is not KeptConnections.Isolation)
            return await Inner.BeginTransactionAsync(isolationLevel, cancellationToken).ConfigureAwait(false);
        await KeptConnections.DoAsync(Inner, "BEGIN", cancellationToken).ConfigureAwait(false);
        return NewTransaction(Inner, isolationLevel);
    }

    protected override DbCommand CreateDbCommand() => Inner.CreateCommand();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    // The driver's own way to begin asks the server for the isolation each time. A version without this fails the tests of kept
    // connections.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    static extern MySqlTransaction NewTransaction(MySqlConnection connection, IsolationLevel isolation);
}
