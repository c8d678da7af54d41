using Alerts.Outbox;
using Alerts.Settings.Validation;
using Alerts.Users.Channels;

namespace Alerts.Channels;

/// <summary>
/// A way to reach a person beside mail. A new one is a folder with its implementation, a <see cref="ChannelKind"/>, and a line in
/// <see cref="ChannelsHosting"/>: what waits, is claimed, logged and tried again is the outbox' work, the same for each.
/// </summary>
public interface INotificationChannel
{
    /// <summary>Which it is.</summary>
    ChannelKind Kind { get; }

    /// <summary>Adds what is wrong with a user's settings of such a channel, besides the rules that all share.</summary>
    void Check(ChannelSettings settings, FieldErrors errors);

    /// <summary>Sends a message once.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="message">What to say. Its id is the same at each attempt.</param>
    /// <param name="isWanted">Asked when its turn has come: whether it may still be sent.</param>
    /// <param name="cancellationToken">Gives up; the other side may have taken it.</param>
    /// <returns>Never a fault of the other side or the network as an exception.</returns>
    Task<DeliveryResult> SendAsync(ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken);
}
