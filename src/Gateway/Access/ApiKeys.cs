using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Access;

/// <summary>Finds API keys by their hashes.</summary>
sealed class ApiKeys(IOptions<GatewayOptions> options)
{
    /// <summary>Longer keys are refused without hashing, in characters.</summary>
    const int MaxLength = 256;

    readonly (byte[] Hash, ApiKey Key)[] all =
    [
        // A key without a name is named after its hash, so that its name stays when other keys change.
        .. options.Value.ApiKeys.Select(hash => (Convert.FromHexString(hash),
            new ApiKey($"key-{hash[..8].ToLowerInvariant()}", ApiKeyScope.Admin))),
        .. options.Value.NamedKeys.Select(key => (Convert.FromHexString(key.Hash), new ApiKey(key.Name, key.Scope))),
    ];

    public IReadOnlyList<ApiKey> All => [.. all.Select(known => known.Key)];

    /// <summary>
    /// The SHA-256 of a key, as settings have it. A key is random, not a password, so a fast hash without salt keeps it secret.
    /// </summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The key, or null; always takes equally long.</summary>
    public ApiKey? Find(string key)
    {
        if (key.Length > MaxLength)
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
