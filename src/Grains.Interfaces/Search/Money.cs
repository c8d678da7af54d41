using System.Text.Json.Serialization;

namespace Alerts.Search;

/// <summary>An amount in a currency.</summary>
/// <param name="Value">The amount in the currency's major unit (12.50 for twelve dollars fifty).</param>
/// <param name="Currency">ISO 4217 code, three capital letters.</param>
[GenerateSerializer, Immutable, Alias("Alerts.Money")]
public readonly record struct Money(
    [property: Id(0), JsonPropertyName("value")] decimal Value,
    [property: Id(1), JsonPropertyName("currency")] string Currency)
{
    public override string ToString() => FormattableString.Invariant($"{Value} {Currency}");
}
