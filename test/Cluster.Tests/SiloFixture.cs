using System.Data.Common;
using Alerts.Silo;
using Alerts.Sql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alerts.Cluster.Tests;

/// <summary>One silo as the product hosts it, on databases of its own, started when a test first asks and shared by the tests of a class.</summary>
public abstract class SiloFixture : IAsyncDisposable
{
    /// <summary>Beside the product's storage provider, one that keeps a cleared row, so that both ways of clearing are met.</summary>
    public const string KeepingStorage = "keeping";

    /// <summary>Settings that a silo must have and that these tests never use: the discard port answers nobody.</summary>
    static readonly Dictionary<string, string?> Unused = new()
    {
        ["Alerts:SigningKey"] = "signs no link that anybody follows",
        ["Alerts:Ebay:BaseUrl"] = "http://127.0.0.1:9",
        ["Alerts:Ebay:ClientId"] = "unused",
        ["Alerts:Ebay:ClientSecret"] = "unused",
        ["Alerts:Email:Host"] = "127.0.0.1",
        ["Alerts:Email:Port"] = "9",
        ["Alerts:Email:From"] = "alerts@example.org",
    };

    readonly SemaphoreSlim gate = new(1, 1);
    IHost? host;

    /// <summary>The running silo's services.</summary>
    public async Task<IServiceProvider> ServicesAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            host ??= await StartAsync(await SettingsAsync(cancellationToken), cancellationToken);
            return host.Services;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Starts a silo with settings such as <c>Alerts:Mode</c>.</summary>
    public static async Task<IHost> StartAsync(
        IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken, Action<IServiceCollection>? addServices = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(Unused).AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        builder.AddAlertsSilo();
        builder.Services.AddAdoNetGrainStorage(KeepingStorage, storage => storage.Configure<IServiceProvider>((options, services) =>
        {
            options.Invariant = builder.Configuration["Alerts:Mode"] is "Cluster" ? "MySql.Data.MySqlClient" : "System.Data.SQLite";
            options.DataSource = services.GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Orleans);
        }));
        addServices?.Invoke(builder.Services);
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        gate.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The silo's settings, on new empty databases.</summary>
    protected abstract Task<IReadOnlyDictionary<string, string?>> SettingsAsync(CancellationToken cancellationToken);
}
