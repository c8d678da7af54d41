using System.Text.Json.Serialization;

namespace Alerts.State.Notifications;

/// <summary>What a mail is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotificationKind>))]
public enum NotificationKind
{
    /// <summary>Asks the owner of a new address to confirm.</summary>
    Confirmation,

    /// <summary>The first results of a user's searches.</summary>
    FirstResults,

    /// <summary>New listings and price changes.</summary>
    Changes,

    /// <summary>The present results of the searches, sent at every check.</summary>
    EveryCheck,

    /// <summary>A day's changes.</summary>
    Digest,

    /// <summary>Price drops of listings over the last days.</summary>
    Insight,

    /// <summary>A manage link, sent when a known address is enrolled again.</summary>
    ManageLink,

    /// <summary>Tells the old address that the alerts now go to another one.</summary>
    AddressChanged,

    /// <summary>Confirms that everything was erased.</summary>
    Goodbye,

    /// <summary>Asks the owner of an address to which a user wants to move.</summary>
    AddressConfirmation,
}
