using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Alerts.Channels;

/// <summary>Encrypts where channels lead, with keys that all silos share. Safe for concurrent use.</summary>
public sealed class ChannelSecrets(IDataProtectionProvider protection)
{
    readonly IDataProtector protector = protection.CreateProtector("alerts.channels");

    /// <summary>
    /// A target as it may be stored. On the thread pool, since the framework reads its keys from the database and waits for them.
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
