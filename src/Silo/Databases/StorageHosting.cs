using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Alerts.Configuration;
using Alerts.Sql;
using Alerts.State;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using static Orleans.Providers.ProviderConstants;

namespace Alerts.Silo.Databases;

/// <summary>Registers the storage of grain state.</summary>
public static class StorageHosting
{
    /// <summary>Name of the storage provider. It is also the default for grains that name none.</summary>
    public const string Storage = "alerts";

    /// <summary>Orleans' own provider, for single rows.</summary>
    public const string RowByRow = "alerts-single";

    public static ISiloBuilder AddAlertsStorage(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSettings<StorageOptions>(StorageOptions.Section);
        silo.AddAdoNetGrainStorage(RowByRow, storage => storage.Configure<IServiceProvider>((options, provider) =>
        {
            options.Invariant = provider.GetRequiredService<SqlDialect>().Invariant;
            options.DataSource = provider.GetRequiredKeyedService<System.Data.Common.DbDataSource>(DatabaseKeys.Orleans);
            // A deleted user leaves nothing behind, not even the key, which may be derived from an address.
            options.DeleteStateOnClear = true;
        }));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GroupedGrainStorage>(
            provider, (AdoNetGrainStorage)provider.GetRequiredKeyedService<IGrainStorage>(RowByRow)));
        // For a grain that names no storage, Orleans asks for it without a key.
        services.AddSingleton<IGrainStorage>(provider => provider.GetRequiredService<GroupedGrainStorage>());
        foreach (var name in (string[])[Storage, DEFAULT_STORAGE_PROVIDER_NAME])
            services.AddKeyedSingleton<IGrainStorage>(name, (provider, _) => provider.GetRequiredService<GroupedGrainStorage>());

        services.Configure<SystemTextJsonGrainStorageSerializerOptions>(MakeReadable);
        services.AddSingleton<SystemTextJsonGrainStorageSerializer>();
        services.AddSingleton<IGrainStorageSerializer>(provider => new CompactSerializer(
            provider.GetRequiredService<SystemTextJsonGrainStorageSerializer>(),
            provider.GetRequiredService<IOptions<SystemTextJsonGrainStorageSerializerOptions>>().Value.JsonSerializerOptions,
            IsCompact(provider)));
        return silo;
    }

    static bool IsCompact(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StorageOptions>>().Value.CompactState;

    static void MakeReadable(SystemTextJsonGrainStorageSerializerOptions serializer)
    {
        var json = serializer.JsonSerializerOptions;
        // State is read by people and databases, never as HTML: letters of any language and quotes stay unescaped.
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.Converters.Add(new JsonStringEnumConverter());
    }
}
