using System.Security.Cryptography;
using System.Text;
using Orleans.Storage;

namespace Alerts.Search;

/// <summary>
/// The stored row of a search. Its key is a hash, since a query may be longer than the database's key column. Older releases used the query
/// itself as key. Such a row is read, and the next write replaces it.
/// </summary>
sealed class SearchRow(IGrainStorage storage, GrainId search)
{
    const string Name = "search";

    /// <summary>The longest key that older releases could store.</summary>
    const int MaxFormerKey = 512;

    readonly GrainId key = GrainId.Create(search.Type, HashOf(search.Key));
    readonly GrainState<SearchRecord> row = new(new SearchRecord());
    GrainState<SearchRecord>? former;

    /// <summary>The stored plan; null without one.</summary>
    public PollPlan? Plan => (row.RecordExists ? row : former)?.State?.Plan;

    public bool Exists => row.RecordExists || former is not null;

    public async Task ReadAsync()
    {
        await storage.ReadStateAsync(Name, key, row);
        if (row.RecordExists || search.Key.AsSpan().Length > MaxFormerKey)
            return;
        var old = new GrainState<SearchRecord>(new SearchRecord());
        await storage.ReadStateAsync(Name, search, old);
        former = old.RecordExists ? old : null;
    }

    public async Task WriteAsync(PollPlan plan)
    {
        row.State = new SearchRecord { Query = search.Key.ToString(), Plan = plan };
        await storage.WriteStateAsync(Name, key, row);
        await ClearFormerAsync();
    }

    public async Task ClearAsync()
    {
        if (row.RecordExists)
            await storage.ClearStateAsync(Name, key, row);
        await ClearFormerAsync();
    }

    async Task ClearFormerAsync()
    {
        if (former is { } old)
            await storage.ClearStateAsync(Name, search, old);
        former = null;
    }

    static string HashOf(IdSpan query) => Convert.ToHexStringLower(SHA256.HashData(query.AsSpan()));
}
