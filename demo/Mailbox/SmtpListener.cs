using System.Collections.Concurrent;
using System.Net.Sockets;
using Alerts.Demo.Faults;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Mailbox;

/// <summary>Accepts SMTP connections up to the limit and runs a session on each; can be closed and opened again on its port.</summary>
sealed class SmtpListener : IAsyncDisposable
{
    const int Backlog = 512;

    readonly MailboxOptions options;
    readonly MailStore store;
    readonly SmtpStages stages;
    readonly TimeProvider clock;
    readonly ITimer idleSweep;
    readonly ConcurrentDictionary<long, (SmtpSession Session, Task Running)> sessions = new();
    readonly SemaphoreSlim switching = new(1);
    Socket? listening;
    Task accepting = Task.CompletedTask;
    long lastId;

    public SmtpListener(MailboxOptions options, MailStore store, SmtpStages stages, TimeProvider clock)
    {
        this.options = options;
        this.store = store;
        this.stages = stages;
        this.clock = clock;
        var bound = LoopbackPort.Bind(options.SmtpPort, options.SmtpPortSetting, options.Address);
        Port = LoopbackPort.Of(bound);
        Listen(bound);
        var period = options.IdleTimeout / 4;
        idleSweep = clock.CreateTimer(_ => EndIdle(), null, period, period);
    }

    public int Port { get; }

    public AwaitableCounter Connections { get; } = new();

    public int OpenConnections => sessions.Count;

    /// <summary>Refuses new connections and resets those there are.</summary>
    public async Task CloseAsync()
    {
        await switching.WaitAsync();
        try
        {
            listening?.Dispose();
            listening = null;
            await accepting;
            var running = sessions.Values.ToArray();
            foreach (var (session, _) in running)
                session.Abort();
            await Task.WhenAll(running.Select(one => one.Running));
        }
        finally
        {
            switching.Release();
        }
    }

    /// <summary>Listens again on the same port; does nothing while it listens.</summary>
    /// <exception cref="PortInUseException">Another program took the port meanwhile.</exception>
    public async Task OpenAsync()
    {
        await switching.WaitAsync();
        try
        {
            if (listening is null)
                Listen(LoopbackPort.Bind(Port, options.SmtpPortSetting, options.Address));
        }
        finally
        {
            switching.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await idleSweep.DisposeAsync();
        await CloseAsync();
        switching.Dispose();
    }

    void Listen(Socket bound)
    {
        bound.Listen(Backlog);
        listening = bound;
        accepting = AcceptAsync(bound);
    }

    async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // A client that left before it was accepted is no reason to stop; a closed listener is.
                if (exception is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted })
                    continue;
                return;
            }
            socket.NoDelay = true;
            Connections.Increment();
            Start(socket);
        }
    }

    void Start(Socket socket)
    {
        if (sessions.Count >= options.MaxConnections)
        {
            // Eighty bytes always fit the empty send buffer of a new connection.
            socket.Send(SmtpReply.TooManyConnections, SocketFlags.None, out _);
            socket.Dispose();
            return;
        }
        var session = new SmtpSession(++lastId, socket, options, store, stages, clock);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sessions[session.Id] = (session, ended.Task);
        _ = Task.Run(async () =>
        {
            await session.RunAsync();
            await session.DisposeAsync();
            sessions.TryRemove(session.Id, out _);
            ended.SetResult();
        });
    }

    void EndIdle()
    {
        foreach (var (session, _) in sessions.Values)
            session.EndIfIdle();
    }
}
