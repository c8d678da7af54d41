using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Alerts.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.SharedData.Erasures;

/// <summary>
/// Who was erased: hashes of their ids, in the shared database, apart from the users. A backup of the alerts database that is restored, or
/// an old export that is imported, does not bring them back. An id is random, so its hash says nothing to who does not have the id.
/// </summary>
public sealed class ErasureLedger([FromKeyedServices(DatabaseKeys.Shared)] DbDataSource source, SqlDialect dialect, TimeProvider clock)
{
    const int HashBytes = 64;

    /// <summary>Writes that a user is erased. Repeated it changes nothing.</summary>
    /// <exception cref="DbException">The database did not take it.</exception>
    public async Task AddAsync(string userId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await new SqlBuilder(connection)
            .Sql("INSERT INTO erasures (user_hash, erased_at) VALUES ").Values(HashOf(userId), clock.GetUtcNow().InMilliseconds())
            .Sql($" {dialect.OnConflict("user_hash")} user_hash = erasures.user_hash")
            .ExecuteAsync(cancellationToken);
    }

    /// <summary>Of some users, those who were erased.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyList<string>> AmongAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var byHash = userIds.ToDictionary(HashOf, StringComparer.Ordinal);
        var erased = new List<string>();
        foreach (var part in dialect.Statements(byHash.Keys, 1, _ => HashBytes))
        {
            erased.AddRange(await new SqlBuilder(connection)
                .Sql("SELECT user_hash FROM erasures WHERE user_hash IN ").Values(part)
                .ReadAsync(row => byHash[row.GetString(0)], cancellationToken));
        }

        return erased;
    }

    static string HashOf(string userId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)));
}
