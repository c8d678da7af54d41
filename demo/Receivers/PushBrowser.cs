using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Alerts.Demo.Receivers;

/// <summary>
/// The browser behind the stand-in for a push service: it has the keys of the example in RFC 8291, so that whoever doubts it can compare.
/// It decrypts what comes, and checks who signed it (RFC 8292). Pure.
/// </summary>
public static class PushBrowser
{
    /// <summary>The secret that the browser shares with who sends.</summary>
    public const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";

    const string PrivateKey = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    const int PointBytes = 65;
    const int SaltBytes = 16;
    const int TagBytes = 16;
    const int HeaderBytes = SaltBytes + 4 + 1 + PointBytes;

    /// <summary>The browser's public key.</summary>
    public static string P256dh { get; } = PublicOf(PrivateKey);

    /// <summary>The public key of a private one.</summary>
    public static string PublicOf(string privateKey)
    {
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars(privateKey) });
        return Base64Url.EncodeToString(PointOf(key.ExportParameters(includePrivateParameters: false).Q));
    }

    /// <summary>The text of a message of one record; null when it is not for this browser.</summary>
    public static string? Decrypt(byte[] body)
    {
        if (body.Length <= HeaderBytes + TagBytes || body[SaltBytes + 4] != PointBytes)
            return null;
        try
        {
            byte[] salt = body[..SaltBytes], sender = body[(HeaderBytes - PointBytes)..HeaderBytes];
            using var own = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars(PrivateKey) });
            using var other = ECDiffieHellman.Create(KeyOf(sender));
            byte[] info = [.. "WebPush: info\0"u8, .. Base64Url.DecodeFromChars(P256dh), .. sender];
            var material = HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(other.PublicKey), 32, Base64Url.DecodeFromChars(Auth), info);
            var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
            var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt, [.. "Content-Encoding: nonce\0"u8]);
            using var cipher = new AesGcm(key, TagBytes);
            var text = new byte[body.Length - HeaderBytes - TagBytes];
            cipher.Decrypt(nonce, body.AsSpan(HeaderBytes..^TagBytes), body.AsSpan(^TagBytes..), text);
            // Behind the text stand a 2 and padding.
            return Encoding.UTF8.GetString(text.AsSpan().TrimEnd((byte)0)[..^1]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a header names the key that the browser was given, is signed with it, and is for this push service.</summary>
    public static bool IsSigned(string authorization, string senderKey, string host, DateTimeOffset now)
    {
        if (!authorization.StartsWith("vapid t=", StringComparison.Ordinal) || authorization["vapid t=".Length..].Split(", k=") is not [var token, var named]
            || named != senderKey || token.Split('.') is not [var header, var claims, var signature])
            return false;
        if (!Base64Url.IsValid(claims) || !Base64Url.IsValid(signature))
            return false;
        using var key = ECDsa.Create(KeyOf(Base64Url.DecodeFromChars(senderKey)));
        if (!key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256))
            return false;
        var read = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(claims));
        return read.GetProperty("aud").GetString()!.EndsWith("//" + host, StringComparison.Ordinal)
            && read.GetProperty("exp").GetInt64() is var expires && expires > now.ToUnixTimeSeconds() && expires <= now.AddDays(1).ToUnixTimeSeconds();
    }

    static ECParameters KeyOf(ReadOnlySpan<byte> point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
    };

    static byte[] PointOf(ECPoint point) => [4, .. point.X!, .. point.Y!];
}
