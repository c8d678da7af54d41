using Alerts.Outbox;
using Alerts.Settings.Validation;
using Alerts.Users.Channels;

namespace Alerts.Channels;

/// <summary>
/// A way to reach a person beside mail. A new one needs a folder with its implementation, a <see cref="ChannelKind"/>, and a line in
/// <see cref="ChannelsHosting"/>. Waiting, claiming, logging and retrying are the outbox's work, the same for every channel.
/// </summary>
public interface INotificationChannel
{
    /// <summary>The kind of channel.</summary>
    ChannelKind Kind { get; }

    /// <summary>The settings it takes besides a name; others are refused.</summary>
    ChannelFields Fields => ChannelFields.Url;

    /// <summary>Adds the errors in a user's settings of this kind of channel, beyond the rules that all kinds share.</summary>
    void Check(ChannelSettings settings, FieldErrors errors);

    /// <summary>Where settings lead; what they leave out is as before.</summary>
    ChannelTarget TargetOf(ChannelSettings settings, ChannelTarget? before, DateTimeOffset now) => ChannelTarget.Of(settings, before);

    /// <summary>Where the reader of a channel without an address opens it with a code; null when that is not possible.</summary>
    string? StartUrlOf(string code) => null;

    /// <summary>Sends a message once.</summary>
    /// <param name="target">Where to send it.</param>
    /// <param name="message">The message. Its id is the same at each attempt.</param>
    /// <param name="isWanted">Asked when the message's turn has come: whether it may still be sent.</param>
    /// <param name="cancellationToken">Gives up; the other side may have accepted the message.</param>
    /// <returns>The result. A fault of the other side or of the network is a result, never an exception.</returns>
    Task<DeliveryResult> SendAsync(ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken);
}
