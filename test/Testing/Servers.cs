namespace Alerts.Testing;

/// <summary>
/// The servers that the tests of one assembly share, each started when first asked for. Use it as
/// <c>[assembly: AssemblyFixture(typeof(Servers))]</c>. A test that stops or freezes a server starts one of its own instead.
/// </summary>
public sealed class Servers : IAsyncDisposable
{
    /// <summary>Longest time a server may take to start.</summary>
    static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim gate = new(1, 1);
    MariaDbServer? mariaDb;
    RedisServer? redis;

    /// <summary>The shared MariaDB; each test creates a database of its own in it.</summary>
    public Task<MariaDbServer> MariaDbAsync() => OnceAsync(async limit => mariaDb ??= await MariaDbServer.StartAsync(limit));

    /// <summary>The shared Redis; each test uses a cluster id of its own in it.</summary>
    public Task<RedisServer> RedisAsync() => OnceAsync(async limit => redis ??= await RedisServer.StartAsync(limit));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (mariaDb is not null)
            await mariaDb.DisposeAsync();
        if (redis is not null)
            await redis.DisposeAsync();
        gate.Dispose();
    }

    // Not under the asking test's cancellation: the others want the server too.
    async Task<T> OnceAsync<T>(Func<CancellationToken, Task<T>> get)
    {
        await gate.WaitAsync();
        try
        {
            using var limit = new CancellationTokenSource(StartLimit);
            return await get(limit.Token);
        }
        finally
        {
            gate.Release();
        }
    }
}
