using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>Which proxies may state the caller's address, section <c>Alerts:Forwarding</c>.</summary>
public sealed class ForwardingOptions : IValidatableObject
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Forwarding";

    /// <summary>
    /// Addresses (<c>10.0.0.7</c>) and networks (<c>10.0.0.0/8</c>, <c>fd00::/8</c>) of the proxies. Only their <c>X-Forwarded-For</c>,
    /// <c>-Proto</c> and <c>-Host</c> are used. Without any, the connection's address is the caller's.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>
    /// The number of proxies in a row, 1 to 10. Values in the headers beyond that number are the caller's own and are ignored.
    /// </summary>
    [Range(1, 10)]
    public int Limit { get; set; } = 1;

    /// <summary>The proxies' networks; an address is a network of one. An empty entry is ignored, as with every setting.</summary>
    public IEnumerable<IPNetwork> Networks() => Given().Select(proxy => NetworkOf(proxy)!.Value);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Given().Where(proxy => NetworkOf(proxy) is null).Select(proxy => new ValidationResult(
        $"\"{proxy}\" is no IP address and no network such as 10.0.0.0/8 or fd00::/8.", [nameof(TrustedProxies)]));

    IEnumerable<string> Given() => TrustedProxies.Where(proxy => !string.IsNullOrWhiteSpace(proxy));

    static IPNetwork? NetworkOf(string proxy) =>
        IPAddress.TryParse(proxy, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(proxy, out var network) ? network
        : null;
}
