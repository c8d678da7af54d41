using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>Whose word on the caller is taken, section <c>Alerts:Forwarding</c>.</summary>
public sealed class ForwardingOptions : IValidatableObject
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Forwarding";

    /// <summary>
    /// Addresses (<c>10.0.0.7</c>) and networks (<c>10.0.0.0/8</c>, <c>fd00::/8</c>) of the proxies: from them alone
    /// <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed. Without any, who connects is the caller.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>How many proxies stand one behind the other, 1 to 10. What the headers tell beyond them is the caller's own word.</summary>
    [Range(1, 10)]
    public int Limit { get; set; } = 1;

    /// <summary>The proxies' networks; an address is a network of one. An empty entry is none, as with every setting.</summary>
    public IEnumerable<IPNetwork> Networks() => Given().Select(proxy => NetworkOf(proxy)!.Value);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Given().Where(proxy => NetworkOf(proxy) is null).Select(proxy => new ValidationResult(
        $"\"{proxy}\" is no IP address and no network such as 10.0.0.0/8 or fd00::/8.", [nameof(TrustedProxies)]));

    IEnumerable<string> Given() => TrustedProxies.Where(proxy => !string.IsNullOrWhiteSpace(proxy));

    static IPNetwork? NetworkOf(string proxy) =>
        IPAddress.TryParse(proxy, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(proxy, out var network) ? network
        : null;
}
