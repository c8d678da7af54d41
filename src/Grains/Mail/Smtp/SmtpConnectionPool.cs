using System.Collections.Concurrent;
using Alerts.Outbox;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Alerts.Mail.Smtp;

/// <summary>
/// The kept connections to the SMTP server: at most <see cref="MailOptions.Connections"/>, each sending one mail at a time.
/// Who finds none free waits in order, up to <see cref="MailOptions.QueueLimit"/> mails and <see cref="MailOptions.QueueTimeout"/>;
/// that waiting is the back-pressure to the runs. While the server is away, one mail at a time asks for it and the others are deferred at once.
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

    /// <summary>Creates the pool; connections are made as mails need them.</summary>
    public SmtpConnectionPool(IOptions<MailOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        free = new SemaphoreSlim(this.options.Connections);
        absence = new ServerAbsence(clock);
        sweep = clock.CreateTimer(_ => _ = CloseIdleAsync(), null, this.options.IdleTimeout, this.options.IdleTimeout);
    }

    /// <summary>Mails waiting for a connection now.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Connections that stand now.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Sends a mail to its one recipient. Never throws for what the server or the network does.</summary>
    /// <param name="message">The mail.</param>
    /// <param name="isWanted">Asked when a connection is free: whether it may still be sent.</param>
    /// <param name="recordAsync">
    /// Called when the server has taken the mail. The next mail has its turn when this is done: a process that dies leaves no more mails
    /// taken and not recorded than it has connections.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the server may have taken the mail.</exception>
    public async Task<DeliveryResult> SendAsync(MimeMessage message, Func<bool> isWanted, Func<Task> recordAsync, CancellationToken cancellationToken)
    {
        if (!await EnterAsync(cancellationToken))
            return new DeliveryResult.Deferred("Every connection to the mail server is busy.");
        try
        {
            var result = isWanted() ? await SendOverConnectionAsync(message, cancellationToken) : new DeliveryResult.Withdrawn();
            if (result is DeliveryResult.Accepted)
                await recordAsync();
            return result;
        }
        finally
        {
            free.Release();
        }
    }

    async Task<bool> EnterAsync(CancellationToken cancellationToken)
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

    async Task<DeliveryResult> SendOverConnectionAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        if (await TakeIdleAsync(cancellationToken) is { } kept)
        {
            var result = await SendOverAsync(kept, message, cancellationToken);
            if (kept.IsOpen || kept.MayHaveTakenTheMail)
                return result;
            // The server had closed the kept connection meanwhile: nothing was sent, and a fresh one may do.
        }

        if (absence.Ask() is { } away)
            return new DeliveryResult.Deferred(away);
        var fresh = new SmtpConnection(options, clock);
        try
        {
            using var limit = new Deadline(options.ConnectTimeout, clock, cancellationToken);
            await fresh.OpenAsync(limit.Token);
            Interlocked.Increment(ref open);
            absence.End();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            fresh.Dispose();
            var why = fault is OperationCanceledException ? "no answer in time" : SmtpFault.Reason(fault, message.To.Mailboxes.Single());
            absence.Confirm($"No connection to the mail server: {why}");
            return new DeliveryResult.Deferred($"No connection to the mail server: {why}");
        }
        catch
        {
            fresh.Dispose();
            throw;
        }

        return await SendOverAsync(fresh, message, cancellationToken);
    }

    /// <summary>Sends over a connection, which is kept afterwards if it still stands and closed if not.</summary>
    async Task<DeliveryResult> SendOverAsync(SmtpConnection connection, MimeMessage message, CancellationToken cancellationToken)
    {
        var recipient = message.To.Mailboxes.Single();
        if (!connection.CanSendTo(recipient))
        {
            idle.Push(connection);
            return new DeliveryResult.Refused("The mail server cannot send to addresses outside ASCII (no SMTPUTF8).", AddressIsDead: false);
        }

        using var limit = new Deadline(options.SendTimeout, clock, cancellationToken);
        try
        {
            await connection.SendAsync(message, limit.Token);
            return new DeliveryResult.Accepted();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new DeliveryResult.Deferred("The mail server did not answer in time.");
        }
        catch (Exception fault)
        {
            return SmtpFault.ResultOf(fault, recipient);
        }
        finally
        {
            if (connection.IsOpen && !connection.IsWornOut)
                idle.Push(connection);
            else
                await CloseAsync(connection);
        }
    }

    /// <summary>The connection used last, which is the least likely to have been closed by the server; null when a fresh one is needed.</summary>
    async Task<SmtpConnection?> TakeIdleAsync(CancellationToken cancellationToken)
    {
        while (idle.TryPop(out var connection))
        {
            if (connection.Idle < options.ProbeAfter)
                return connection;
            using var limit = new Deadline(options.ConnectTimeout, clock, cancellationToken);
            if (connection.Idle < options.IdleTimeout && await connection.AnswersAsync(limit.Token))
                return connection;
            await CloseAsync(connection);
        }

        return null;
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

    /// <summary>Takes leave of the server. Mails under way must have ended before.</summary>
    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        while (idle.TryPop(out var connection))
            await CloseAsync(connection);
        free.Dispose();
    }
}
