using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Access;

/// <summary>Knows the API keys by their hashes.</summary>
sealed class ApiKeys(IOptions<GatewayOptions> options)
{
    /// <summary>The longest key looked at, in characters.</summary>
    const int MaximumLength = 256;

    readonly (byte[] Hash, ApiKey Key)[] all =
    [
        // A key without a name is named by its hash, so that it keeps its name when others come and go.
        .. options.Value.ApiKeys.Select(hash => (Convert.FromHexString(hash), new ApiKey($"key-{hash[..8].ToLowerInvariant()}", ApiKeyScope.Admin))),
        .. options.Value.NamedKeys.Select(key => (Convert.FromHexString(key.Hash), new ApiKey(key.Name, key.Scope))),
    ];

    public IReadOnlyList<ApiKey> All => [.. all.Select(known => known.Key)];

    /// <summary>The SHA-256 of a key as settings hold it. A key is random, not a password, so a fast hash without salt keeps it secret.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The key, or null; takes equally long whichever it is.</summary>
    public ApiKey? Find(string key)
    {
        if (key.Length > MaximumLength)
            return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        ApiKey? found = null;
        foreach (var known in all)
        {
            if (CryptographicOperations.FixedTimeEquals(known.Hash, hash))
                found = known.Key;
        }

        return found;
    }
}
