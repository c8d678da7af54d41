using System.Security.Cryptography;

namespace Alerts.Channels.Webhook;

/// <summary>Secrets that sign webhooks, in the specification's format.</summary>
static class WebhookSecret
{
    /// <summary>How long the previous secret also signs.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromDays(1);

    const string Prefix = "whsec_";
    const int MinBytes = 24;
    const int MaxBytes = 64;

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(MinBytes));

    public static bool IsValid(string secret)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length >= MinBytes;
    }
}
