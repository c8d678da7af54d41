using MySql.Data.MySqlClient;

namespace Alerts.Testing;

/// <summary>A MariaDB server of the tests' own, in a temporary folder on a free loopback port.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    readonly TempFolder folder = new();
    readonly int port = FreePort.Next();
    readonly string program;
    readonly string[] options;
    ChildProcess? process;
    int databases;

    /// <summary>The number of the server's process, while it runs.</summary>
    public int ProcessId => process!.Id;

    MariaDbServer(string program, string[] options) => (this.program, this.options) = (program, options);

    /// <summary>
    /// Makes an empty server and starts it, with options beside the tests' own; takes about two seconds. Skips the test where MariaDB is not
    /// installed.
    /// </summary>
    public static async Task<MariaDbServer> StartAsync(CancellationToken cancellationToken, params string[] options)
    {
        var install = Programs.Require("mariadb-install-db");
        var server = new MariaDbServer(Programs.Require("mariadbd"), options);
        try
        {
            await server.InstallAsync(install, cancellationToken);
            await server.RunAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates an empty database with a new name and returns the connection string for it.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await using var connection = new MySqlConnection(ConnectionString("mysql"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
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

    // One of its own: a server that starts clears the tables that others have in a shared one.
    string Temporary => Directory.CreateDirectory(folder["tmp"]).FullName;

    string ConnectionString(string database) => $"Server=127.0.0.1;Port={port};Database={database};User ID=root;SSL Mode=Disabled";

    async Task InstallAsync(string install, CancellationToken cancellationToken)
    {
        await using var process = ChildProcess.Start(install,
        [
            "--no-defaults", $"--datadir={folder["data"]}", $"--user={Environment.UserName}",
            $"--tmpdir={Temporary}", "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=16M",
        ]);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"mariadb-install-db failed:\n{process.Said()}");
    }

    async Task RunAsync(CancellationToken cancellationToken)
    {
        // Many hosts share this server, each with connections for a whole deployment.
        // A commit reaches the operating system but not the disk: it outlives a kill -9 of the server, which is all that tests do to it.
        process = ChildProcess.Start(program,
        [
            "--no-defaults", $"--datadir={folder["data"]}", $"--user={Environment.UserName}", $"--socket={folder["socket"]}",
            $"--pid-file={folder["pid"]}", "--bind-address=127.0.0.1", $"--port={port}", "--skip-name-resolve",
            $"--tmpdir={Temporary}", "--max-connections=1000",
            "--innodb-log-file-size=16M", "--innodb-flush-log-at-trx-commit=2", .. options,
        ]);
        await process.SaysAsync("ready for connections", cancellationToken);
    }
}
