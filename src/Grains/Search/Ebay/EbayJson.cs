using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alerts.Search.Ebay;

/// <summary>How eBay's JSON is read: generated readers, names in camel case, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(EbaySearchPage))]
[JsonSerializable(typeof(EbayRateLimitPage))]
[JsonSerializable(typeof(EbayTokenResponse))]
public sealed partial class EbayJson : JsonSerializerContext;
