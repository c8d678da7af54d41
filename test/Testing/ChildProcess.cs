using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Alerts.Testing;

/// <summary>
/// A process of ours, up to its end: it is killed when disposed, or when the tests' own process ends, however that ends.
/// Its output is read line by line, so that a test waits for what the process says rather than for time to pass.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Lines kept to explain a failure; older ones are forgotten.</summary>
    const int KeptLines = 200;

    /// <summary>Lines that wait to be looked at; when full the oldest is dropped, since nobody is waiting for it.</summary>
    const int UnreadLines = 10_000;

    readonly Process process;
    readonly Queue<string> recent = new();
    readonly Channel<string> lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(UnreadLines) { FullMode = BoundedChannelFullMode.DropOldest });

    ChildProcess(Process process)
    {
        this.process = process;
        Orphans.Add(process.Id);
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
        Output = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError))
            .ContinueWith(_ => lines.Writer.TryComplete(), TaskScheduler.Default);
    }

    /// <summary>The process's number.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>What it ended with.</summary>
    public int ExitCode => process.ExitCode;

    Task Output { get; }

    /// <summary>Starts a program with arguments, and environment variables beside the tests' own.</summary>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Waits for a line that contains the text, among those not looked at before, and returns it.</summary>
    /// <exception cref="InvalidOperationException">The process ended without saying it; the message holds its last lines.</exception>
    public async Task<string> SaysAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(cancellationToken))
                if (line.Contains(text, StringComparison.Ordinal))
                    return line;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Process {Id} did not say \"{text}\" in time. It said:\n{Said()}");
        }

        throw new InvalidOperationException($"Process {Id} ended without saying \"{text}\". It said:\n{Said()}");
    }

    /// <summary>The last lines it printed, oldest first.</summary>
    public string Said()
    {
        lock (recent)
            return string.Join('\n', recent);
    }

    /// <summary>Asks it to end (SIGTERM) and waits until it has.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => SignalAndWaitAsync(Signal.Terminate, cancellationToken);

    /// <summary>Ends it at once, as <c>kill -9</c> does, and waits until it is gone.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => SignalAndWaitAsync(Signal.Kill, cancellationToken);

    /// <summary>Stops it from running, its connections left open (SIGSTOP).</summary>
    public void Pause() => Send(Signal.Stop);

    /// <summary>Lets it run again (SIGCONT).</summary>
    public void Resume() => Send(Signal.Continue);

    /// <summary>Waits until it ends by itself.</summary>
    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        await Output.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        KillAtExit(null, EventArgs.Empty);
        await process.WaitForExitAsync();
        Orphans.Remove(process.Id);
        await Output;
        process.Dispose();
    }

    async Task SignalAndWaitAsync(int signal, CancellationToken cancellationToken)
    {
        Send(signal);
        await WaitForExitAsync(cancellationToken);
    }

    void Send(int signal)
    {
        if (!process.HasExited && Kill(process.Id, signal) != 0)
            throw new InvalidOperationException($"Process {Id} cannot be signalled, error {Marshal.GetLastPInvokeError()}.");
    }

    void KillAtExit(object? sender, EventArgs e)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (recent)
            {
                if (recent.Count == KeptLines)
                    recent.Dequeue();
                recent.Enqueue(line);
            }

            lines.Writer.TryWrite(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);

    static class Signal
    {
        public const int Kill = 9;
        public const int Terminate = 15;
        public const int Continue = 18;
        public const int Stop = 19;
    }
}
