namespace Alerts.Testing;

/// <summary>A Redis server of the tests' own, which keeps what it holds in a temporary folder, on a free loopback port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    readonly TempFolder folder = new();
    readonly int port = FreePort.Next();
    readonly string program;
    ChildProcess? process;

    RedisServer(string program) => this.program = program;

    /// <summary>The connection string, as in <c>Alerts__Redis</c>.</summary>
    public string ConnectionString => $"127.0.0.1:{port}";

    /// <summary>Starts an empty server. Skips the test where Redis is not installed.</summary>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new RedisServer(Programs.Require("redis-server"));
        try
        {
            await server.RunAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server gently; connections break.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => process!.StopAsync(cancellationToken);

    /// <summary>Ends the server as a crash would (kill -9).</summary>
    public Task KillAsync(CancellationToken cancellationToken) => process!.KillAsync(cancellationToken);

    /// <summary>Freezes the server, its connections left open.</summary>
    public void Pause() => process!.Pause();

    /// <summary>Lets a frozen server go on.</summary>
    public void Resume() => process!.Resume();

    /// <summary>Starts the server again on the same port and data, after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await process!.DisposeAsync();
        await RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        folder.Dispose();
    }

    async Task RunAsync(CancellationToken cancellationToken)
    {
        process = ChildProcess.Start(program,
            ["--bind", "127.0.0.1", "--port", $"{port}", "--dir", folder.FullPath, "--appendonly", "yes", "--save", ""]);
        await process.SaysAsync("Ready to accept connections", cancellationToken);
    }
}
