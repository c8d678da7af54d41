using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Alerts.Channels;

/// <summary>Encrypts the addresses of channels with keys that all silos share. Safe for concurrent use.</summary>
public sealed class ChannelSecrets(IDataProtectionProvider protection)
{
    readonly IDataProtector protector = protection.CreateProtector("alerts.channels");

    /// <summary>
    /// The encrypted form of a target, for the store. Runs on the thread pool, because the framework blocks while it reads its keys from
    /// the database.
    /// </summary>
    public Task<string> ProtectAsync(ChannelTarget target) => Task.Run(() => protector.Protect(JsonSerializer.Serialize(target)));

    /// <summary>A stored target; null when its key is lost.</summary>
    public Task<ChannelTarget?> ReadAsync(string? stored) => Task.Run(() =>
    {
        try
        {
            return stored is null ? null : JsonSerializer.Deserialize<ChannelTarget>(protector.Unprotect(stored));
        }
        catch (CryptographicException)
        {
            return null;
        }
    });
}
