using System.Collections.Concurrent;
using System.Text;
using Alerts.Outbox;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Alerts.Mail.Smtp;

/// <summary>
/// The open connections to the SMTP server: at most <see cref="MailOptions.Connections"/>, each with one mail at a time. A mail without a
/// free connection waits in order. At most <see cref="MailOptions.QueueLimit"/> mails wait, for at most
/// <see cref="MailOptions.QueueTimeout"/>. While the server is away, one mail at a time tries to connect, and the others are deferred at
/// once.
/// </summary>
public sealed class SmtpConnectionPool : IAsyncDisposable
{
    static readonly TimeSpan closingTime = TimeSpan.FromSeconds(2);

    readonly MailOptions options;
    readonly TimeProvider clock;
    readonly SemaphoreSlim free;
    readonly ConcurrentStack<SmtpConnection> idle = new();
    readonly ServerAbsence absence;
    readonly ITimer sweep;
    int waiting;
    int open;

    public SmtpConnectionPool(IOptions<MailOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        free = new SemaphoreSlim(this.options.Connections);
        absence = new ServerAbsence(clock);
        sweep = clock.CreateTimer(_ => _ = CloseIdleAsync(), null, this.options.IdleTimeout, this.options.IdleTimeout);
    }

    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Open connections.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Sends a mail to the server. A fault of the server or the network is a result, never an exception.</summary>
    /// <param name="message">The mail, with one recipient.</param>
    /// <param name="isWanted">Asked when a connection is free: whether the mail may still be sent.</param>
    /// <param name="recordAsync">
    /// Called when the server has accepted the mail. The connection is free for the next mail when this is done. So a killed process leaves
    /// at most one accepted but unrecorded mail for each connection.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the server may have accepted the mail.</exception>
    public async Task<DeliveryResult> TransmitAsync(MimeMessage message, Func<bool> isWanted, Func<Task> recordAsync,
        CancellationToken cancellationToken)
    {
        if (!await WaitForTurnAsync(cancellationToken))
            return new DeliveryResult.Deferred("Every connection to the mail server is busy.");
        try
        {
            var result = isWanted() ? await TransmitOnceOrAnewAsync(message, cancellationToken) : new DeliveryResult.Withdrawn();
            if (result is DeliveryResult.Accepted)
                await recordAsync();
            return result;
        }
        finally
        {
            free.Release();
        }
    }

    async Task<bool> WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (free.Wait(0, CancellationToken.None))
            return true;
        if (Interlocked.Increment(ref waiting) > options.QueueLimit)
        {
            Interlocked.Decrement(ref waiting);
            return false;
        }

        using var limit = new Deadline(options.QueueTimeout, clock, cancellationToken);
        try
        {
            await free.WaitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    async Task<DeliveryResult> TransmitOnceOrAnewAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        // A connection with SMTPUTF8 is used for one mail only: few addresses need it, and others must not use it.
        var needsUtf8 = !Ascii.IsValid(message.To.Mailboxes.Single().LocalPart);
        if (needsUtf8)
        {
            if (idle.TryPop(out var other))
                await CloseAsync(other);
        }
        else if (await TakeKeptAsync(cancellationToken) is { } kept)
        {
            var result = await UseAsync(kept, message, cancellationToken);
            if (!kept.IsBroken || kept.MayHaveTakenTheMail)
                return result;
            // The server had closed the kept connection. Nothing was sent, so a new connection is tried.
        }

        if (absence.Ask() is { } away)
            return new DeliveryResult.Deferred(away);
        try
        {
            var fresh = await ConnectAsync(needsUtf8, cancellationToken);
            absence.End();
            return await UseAsync(fresh, message, cancellationToken);
        }
        catch (SmtpUnreachableException fault)
        {
            var reason = $"No connection to the mail server: {SmtpFault.Reason(fault.InnerException!, message.To.Mailboxes.Single())}";
            absence.Confirm(reason);
            return new DeliveryResult.Deferred(reason);
        }
    }

    async Task<SmtpConnection> ConnectAsync(bool withUtf8, CancellationToken cancellationToken)
    {
        SmtpConnection? connection = null;
        try
        {
            using var limit = new Deadline(options.ConnectTimeout, clock, cancellationToken);
            connection = new SmtpConnection(options, clock);
            await connection.OpenAsync(withUtf8, limit.Token);
            Interlocked.Increment(ref open);
            return connection;
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new SmtpUnreachableException(fault is OperationCanceledException ? new TimeoutException("no answer in time") : fault);
        }
    }

    /// <summary>Sends a mail over a connection. Afterwards the connection is kept if it still works, otherwise closed.</summary>
    async Task<DeliveryResult> UseAsync(SmtpConnection connection, MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = new Deadline(options.SendTimeout, clock, cancellationToken);
            return await connection.SendAsync(message, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Deferred("The mail server did not answer in time.");
        }
        finally
        {
            if (connection.IsBroken || connection.IsWornOut || connection.HasUtf8)
                await CloseAsync(connection);
            else
                idle.Push(connection);
        }
    }

    /// <summary>The connection used last, which the server is least likely to have closed; null when a new one is needed.</summary>
    async Task<SmtpConnection?> TakeKeptAsync(CancellationToken cancellationToken)
    {
        while (idle.TryPop(out var connection))
        {
            if (connection.Idle < options.ProbeAfter)
                return connection;
            if (connection.Idle < options.IdleTimeout && await AnswersAsync(connection, cancellationToken))
                return connection;
            await CloseAsync(connection);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return null;
    }

    async Task<bool> AnswersAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        using var limit = new Deadline(options.ConnectTimeout, clock, cancellationToken);
        return await connection.AnswersAsync(limit.Token);
    }

    async Task CloseIdleAsync()
    {
        var all = new List<SmtpConnection>();
        while (idle.TryPop(out var connection))
            all.Add(connection);
        foreach (var connection in all)
        {
            if (connection.Idle < options.IdleTimeout)
                idle.Push(connection);
            else
                await CloseAsync(connection);
        }
    }

    async Task CloseAsync(SmtpConnection connection)
    {
        Interlocked.Decrement(ref open);
        using var limit = new Deadline(closingTime, clock, CancellationToken.None);
        await connection.CloseAsync(limit.Token);
    }

    /// <summary>Closes all connections. All mails must have ended before.</summary>
    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        while (idle.TryPop(out var connection))
            await CloseAsync(connection);
        free.Dispose();
    }
}
