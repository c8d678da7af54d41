using System.Text.Json.Serialization;

namespace Alerts.State;

/// <summary>Why a listing is in a mail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NewsKind>))]
public enum NewsKind
{
    /// <summary>It is what the search finds now: first results, every-check mails, and what is older than the search but was not found before.</summary>
    Listed,

    /// <summary>It was not there before.</summary>
    New,

    /// <summary>Its own price fell.</summary>
    PriceDrop,

    /// <summary>Its own price rose.</summary>
    PriceRise,
}
