using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Access;

/// <summary>Knows the API keys by their hashes.</summary>
sealed class ApiKeys(IOptions<GatewayOptions> options)
{
    /// <summary>The longest key looked at, in characters.</summary>
    const int MaximumLength = 256;

    readonly byte[][] hashes = [.. options.Value.ApiKeys.Select(Convert.FromHexString)];

    /// <summary>The SHA-256 of a key as settings hold it. A key is random, not a password, so a fast hash without salt keeps it secret.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The number of the key in the settings, or -1; takes equally long whichever it is.</summary>
    public int IndexOf(string key)
    {
        if (key.Length > MaximumLength)
            return -1;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var found = -1;
        for (var i = 0; i < hashes.Length; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(hashes[i], hash))
                found = i;
        }
        return found;
    }
}
