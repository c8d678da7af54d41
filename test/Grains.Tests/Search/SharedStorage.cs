using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;

namespace Alerts.Tests.Search;

/// <summary>Grain state outside the cluster, as a database keeps it: shared by all silos, still there when they are gone, guarded by ETags.</summary>
sealed class SharedStorage : IGrainStorage
{
    readonly ConcurrentDictionary<(string State, GrainId Grain), (string Json, int Version)> rows = new();

    /// <summary>Rows of a state's name.</summary>
    public int Count(string stateName) => rows.Keys.Count(row => row.State == stateName);

    /// <summary>Keys of a state's rows.</summary>
    public IEnumerable<string> KeysOf(string stateName) => rows.Keys.Where(row => row.State == stateName).Select(row => row.Grain.Key.ToString()!);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (rows.TryGetValue((stateName, grainId), out var row))
            (grainState.State, grainState.ETag, grainState.RecordExists) = (JsonSerializer.Deserialize<T>(row.Json)!, Tag(row.Version), true);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var written = rows.AddOrUpdate(
            (stateName, grainId),
            _ => (JsonSerializer.Serialize(grainState.State), 1),
            (_, row) => Tag(row.Version) == grainState.ETag
                ? (JsonSerializer.Serialize(grainState.State), row.Version + 1)
                : throw new InconsistentStateException($"{stateName} of {grainId}", Tag(row.Version), grainState.ETag));
        (grainState.ETag, grainState.RecordExists) = (Tag(written.Version), true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        rows.TryRemove((stateName, grainId), out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    static string Tag(int version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
