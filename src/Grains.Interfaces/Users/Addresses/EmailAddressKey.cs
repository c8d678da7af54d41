using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Alerts.Settings.Validation;

namespace Alerts.Users.Addresses;

/// <summary>
/// Grain keys of e-mail addresses. All spellings of an address have one key, and no address stands in a log or a key column.
/// </summary>
public static class EmailAddressKey
{
    static readonly IdnMapping idn = new();

    /// <summary>
    /// The key of an address that passed <see cref="UserSettingsValidator"/>: <c>e-</c> and the SHA-256 of its normalised form (NFC, lower
    /// case, the domain in its ASCII form). Dots and <c>+tags</c> are kept: only the owner's provider knows their meaning.
    /// </summary>
    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        var local = address[..at].Normalize(NormalizationForm.FormC).ToLowerInvariant();
        var domain = idn.GetAscii(address[(at + 1)..]).ToLowerInvariant();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{local}@{domain}"));
        return "e-" + Base64Url.EncodeToString(hash);
    }
}
