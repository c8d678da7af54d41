using System.Security.Cryptography;

namespace Alerts.Channels.Webhook;

/// <summary>Secrets that sign webhooks, as the specification writes them.</summary>
static class WebhookSecret
{
    /// <summary>How long the secret before goes on signing.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromDays(1);

    const string Prefix = "whsec_";
    const int MinBytes = 24;
    const int MaxBytes = 64;

    /// <summary>A new one.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(MinBytes));

    /// <summary>Whether a text is one.</summary>
    public static bool IsValid(string secret)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length >= MinBytes;
    }
}
