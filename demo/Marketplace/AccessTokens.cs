using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Alerts.Demo.Marketplace;

/// <summary>The access tokens that are valid. At most <see cref="MaxTokens"/> a lifetime, as eBay limits minting.</summary>
sealed class AccessTokens(TimeSpan lifetime, TimeProvider clock)
{
    /// <summary>eBay mints so many a day.</summary>
    public const int MaxTokens = 1_000;

    readonly ConcurrentDictionary<string, DateTimeOffset> expiry = new();

    public TimeSpan Lifetime => lifetime;

    /// <summary>A new token; null when too many are valid already.</summary>
    public string? Issue()
    {
        foreach (var (old, until) in expiry)
        {
            if (until <= clock.GetUtcNow())
                expiry.TryRemove(old, out _);
        }
        if (expiry.Count >= MaxTokens)
            return null;
        var token = $"v^1.1#i^1#demo#{Convert.ToBase64String(RandomNumberGenerator.GetBytes(48))}";
        expiry[token] = clock.GetUtcNow() + lifetime;
        return token;
    }

    public bool IsValid(string token) => expiry.TryGetValue(token, out var until) && clock.GetUtcNow() < until;

    public void RevokeAll() => expiry.Clear();
}
