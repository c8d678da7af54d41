using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>How a listing can be bought (Browse API, <c>buyingOptions</c>).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BuyingOption>))]
public enum BuyingOption
{
    /// <summary>Buy it now at a fixed price.</summary>
    [JsonStringEnumMemberName("FIXED_PRICE")]
    FixedPrice,

    /// <summary>An auction: its price is the current bid.</summary>
    [JsonStringEnumMemberName("AUCTION")]
    Auction,

    /// <summary>The seller considers offers.</summary>
    [JsonStringEnumMemberName("BEST_OFFER")]
    BestOffer,

    /// <summary>A classified advertisement.</summary>
    [JsonStringEnumMemberName("CLASSIFIED_AD")]
    ClassifiedAd,
}
