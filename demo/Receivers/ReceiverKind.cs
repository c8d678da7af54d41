namespace Alerts.Demo.Receivers;

/// <summary>Whose stand-in a receiver is.</summary>
public enum ReceiverKind
{
    /// <summary>Somebody's own server.</summary>
    Webhook,

    /// <summary>ntfy.</summary>
    Ntfy,

    /// <summary>Discord.</summary>
    Discord,

    /// <summary>Slack.</summary>
    Slack,

    /// <summary>Telegram.</summary>
    Telegram,

    /// <summary>A browser's push service, and the browser.</summary>
    WebPush,
}
