using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Alerts.Configuration;
using Alerts.Events;
using Alerts.Sql;
using Alerts.State;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Alerts.Silo.Databases;

/// <summary>
/// Writes the states of a silo's grains in groups, on the tables of Orleans' ADO.NET storage. That storage still reads, clears, and writes
/// single states. While one group is written the next one collects, so groups grow with the load, and at low load nothing waits. The events
/// of a user's change are written with it.
/// </summary>
/// <remarks>
/// A group is one transaction. It is rolled back when a row's version is not the one its grain expects, or when it fails before its commit.
/// Then it is written row by row, so that each grain gets its own result. If the answer to a commit is lost, the result is unknown. Then
/// all grains of the group get the fault, as they would for a write of their own.
/// </remarks>
public sealed class GroupedGrainStorage : IGrainStorage, IAsyncDisposable, IDisposable
{
    /// <summary>Rows in a group.</summary>
    public const int MaxRows = 200;

    /// <summary>Writes that may wait; the caller of a further one waits.</summary>
    public const int MaxWaiting = 4 * MaxRows;

    /// <summary>Groups written in parallel. A row that another silo has locked delays at most half the writes.</summary>
    const int Writers = 2;

    const int RowBytes = 300;

    readonly AdoNetGrainStorage rowByRow;
    readonly DbDataSource database;
    readonly SqlDialect dialect;
    readonly TimeProvider clock;
    readonly string service;
    readonly Task writing;
    readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(MaxWaiting);

    /// <summary>Starts the writers. <paramref name="rowByRow"/> is Orleans' storage for single rows.</summary>
    public GroupedGrainStorage(
        AdoNetGrainStorage rowByRow,
        [FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource database,
        SqlDialect dialect,
        IOptions<AlertsOptions> options,
        TimeProvider clock)
    {
        (this.rowByRow, this.database, this.dialect, this.clock) = (rowByRow, database, dialect, clock);
        service = options.Value.ServiceId;
        // On the thread pool: otherwise the loops would run on the scheduler of the first grain that writes.
        writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAllAsync)));
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rowByRow.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rowByRow.ClearStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Only few grains have keys that Orleans stores as numbers; generic states have special names.
        if (grainId.TryGetGuidKey(out _, out _) || grainId.TryGetIntegerKey(out _, out _)
            || stateName.Contains('`', StringComparison.Ordinal))
        {
            await rowByRow.WriteStateAsync(stateName, grainId, grainState);
            return;
        }

        var pending = new Pending(
            RowOf(stateName, grainId, grainState),
            grainState.State is UserRecord user ? user.Events : [],
            () => rowByRow.WriteStateAsync(stateName, grainId, grainState));
        await queue.Writer.WriteAsync(pending);
        if (!await pending.Written.Task)
            return;
        grainState.ETag = ((pending.Row.Version ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    /// <summary>Writes what is queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing;
    }

    /// <summary>Accepts no more writes; the writers stop when the queue is empty.</summary>
    public void Dispose() => queue.Writer.TryComplete();

    StateRow RowOf<T>(string stateName, GrainId grainId, IGrainState<T> state)
    {
        var key = grainId.Key.ToString()!;
        var hasher = rowByRow.HashPicker.PickHasher(service, stateName, stateName, grainId, state);
        return new(
            service,
            hasher!.Hash([.. Encoding.UTF8.GetBytes(key).Reverse()]),
            hasher.Hash(Encoding.UTF8.GetBytes(stateName)),
            key,
            stateName,
            string.IsNullOrWhiteSpace(state.ETag) ? null : int.Parse(state.ETag, CultureInfo.InvariantCulture),
            rowByRow.Serializer.Serialize(state.State).ToArray());
    }

    async Task WriteAllAsync()
    {
        var group = new List<Pending>(MaxRows);
        while (await queue.Reader.WaitToReadAsync())
        {
            var bytes = 0;
            while (group.Count < MaxRows && bytes < SqlDialect.MaxStatementBytes && queue.Reader.TryRead(out var pending))
            {
                group.Add(pending);
                bytes += RowBytes + pending.Row.Payload.Length;
            }

            if (group is [{ Events.Count: 0 } lone] ? await TryWriteAsync(lone) : await TryWriteAsync(group))
                group.ForEach(pending => pending.Written.TrySetResult(true));
            else
                await Task.WhenAll(group.Select(WriteAloneAsync));
            group.Clear();
        }
    }

    /// <summary>
    /// Writes one row in one round trip, which commits by itself. The version prevents a repeated write, so it may be retried.
    /// </summary>
    async Task<bool> TryWriteAsync(Pending lone)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            return await dialect.WriteStateAsync(connection, null, lone.Row, clock.GetUtcNow().UtcDateTime, CancellationToken.None);
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <returns>False when the group is not in the database and each row must be written alone.</returns>
    async Task<bool> TryWriteAsync(List<Pending> group)
    {
        var isCommitting = false;
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted);
            if (!await dialect.WriteStatesAsync(transaction, [.. group.Select(pending => pending.Row)], clock.GetUtcNow().UtcDateTime,
                CancellationToken.None))
            {
                await transaction.RollbackAsync();
                return false;
            }

            await EventLog.WriteAsync(connection, transaction, dialect, group.SelectMany(pending => pending.Events));
            isCommitting = true;
            await transaction.CommitAsync();
            return true;
        }
        catch (Exception fault) when (isCommitting)
        {
            group.ForEach(pending => pending.Written.TrySetException(fault));
            return true;
        }
        catch (Exception)
        {
            // A deadlock, an existing row, a value that is too long, or a broken connection: nothing was committed, and each row's own
            // write will report its fault.
            return false;
        }
    }

    async Task WriteAloneAsync(Pending pending)
    {
        try
        {
            // Before the row: an event whose change then fails is better than a change without its event.
            if (pending.Events.Count > 0)
                await WriteEventsAsync(pending.Events);
            await pending.WriteAlone();
            pending.Written.TrySetResult(false);
        }
        catch (Exception fault)
        {
            pending.Written.TrySetException(fault);
        }
    }

    async Task WriteEventsAsync(IReadOnlyList<UserEvent> events)
    {
        await using var connection = await database.OpenConnectionAsync();
        await EventLog.WriteAsync(connection, null, dialect, events);
    }

    /// <param name="Row">The row, made when the grain requested the write.</param>
    /// <param name="Events">The events to write with it.</param>
    /// <param name="WriteAlone">Writes the row through Orleans' storage.</param>
    sealed record Pending(StateRow Row, IReadOnlyList<UserEvent> Events, Func<Task> WriteAlone)
    {
        /// <summary>
        /// True when the group was written and the grain's state must still be updated; false when it is updated already.
        /// </summary>
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
