using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alerts.Search.Ebay.Answers;

/// <summary>Reads eBay's small answers. Answers to searches are read row by row (<see cref="EbayPageReader"/>).</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(EbayRateLimitPage))]
[JsonSerializable(typeof(EbayTokenResponse))]
sealed partial class EbayJson : JsonSerializerContext;
