using System.Collections.Frozen;
using System.Globalization;
using Alerts.Settings.Validation;

namespace Alerts.Users.Addresses;

/// <summary>
/// The mailbox behind an address, for limits, because many addresses may share one. Never use it to decide who owns an address: only the
/// provider knows.
/// </summary>
public static class Mailbox
{
    static readonly IdnMapping idn = new();

    /// <summary>Providers that ignore dots in the local part.</summary>
    static readonly FrozenSet<string> ignoreDots = FrozenSet.ToFrozenSet(["gmail.com", "googlemail.com", "proton.me", "protonmail.com",
        "pm.me"]);

    /// <summary>Providers with several domains for one mailbox.</summary>
    static readonly FrozenDictionary<string, string> sameAs = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["googlemail.com"] = "gmail.com",
        ["protonmail.com"] = "proton.me",
        ["pm.me"] = "proton.me",
        ["me.com"] = "icloud.com",
        ["mac.com"] = "icloud.com",
    }.ToFrozenDictionary();

    /// <summary>
    /// The mailbox of an address that passed <see cref="UserSettingsValidator"/>: without the part after a plus, and without dots if the
    /// provider ignores them.
    /// </summary>
    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        var domain = DomainOf(address);
        var local = address[..at].Normalize().ToLowerInvariant();
        if (local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus)
            local = local[..plus];
        if (ignoreDots.Contains(domain))
            local = local.Replace(".", "", StringComparison.Ordinal);
        return $"{local}@{sameAs.GetValueOrDefault(domain, domain)}";
    }

    /// <summary>The domain of an address in its ASCII form, lower case.</summary>
    public static string DomainOf(string address) => idn.GetAscii(address[(address.LastIndexOf('@') + 1)..]).ToLowerInvariant();
}
