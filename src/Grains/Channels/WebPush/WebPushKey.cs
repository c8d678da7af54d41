using System.Buffers.Text;
using System.Security.Cryptography;

namespace Alerts.Channels.WebPush;

/// <summary>Keys of P-256 as Web Push writes them: base64url of the bare numbers. Pure.</summary>
public static class WebPushKey
{
    const int NumberBytes = 32;
    const byte Uncompressed = 4;

    /// <summary>The public key that belongs to a private one: what a browser subscribes with.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static string PublicOf(string privateKey)
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Decoded(privateKey) ?? throw new CryptographicException("This is no base64url."),
        });
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Base64Url.EncodeToString([Uncompressed, .. point.X!, .. point.Y!]);
    }

    /// <summary>Whether a text is a private key.</summary>
    public static bool IsPrivate(string text)
    {
        try
        {
            return Decoded(text) is { Length: NumberBytes } && PublicOf(text).Length > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether a text is a public key: one that is not on the curve would give the shared secret away.</summary>
    public static bool IsPublic(string text)
    {
        if (Decoded(text) is not [Uncompressed, .. { Length: 2 * NumberBytes } point])
            return false;
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[..NumberBytes], Y = point[NumberBytes..] },
            });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The bytes of a text; null when it is no base64url.</summary>
    public static byte[]? Decoded(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
