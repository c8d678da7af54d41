using System.Text.Json.Serialization;

namespace Alerts.State.Notifications;

/// <summary>Why a listing is in a mail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NewsKind>))]
public enum NewsKind
{
    /// <summary>
    /// A present result: in first results, in every-check mails, and a listing older than the search that was not found before.
    /// </summary>
    Listed,

    /// <summary>The listing was not there before.</summary>
    New,

    /// <summary>Its own price fell.</summary>
    PriceDrop,

    /// <summary>Its own price rose.</summary>
    PriceRise,
}
