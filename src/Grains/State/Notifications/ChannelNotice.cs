using Alerts.Users.Channels;

namespace Alerts.State.Notifications;

/// <summary>A disabled channel, as the mail to its owner names it.</summary>
/// <param name="Kind">The channel's kind.</param>
/// <param name="Name">The user's name for it.</param>
/// <param name="Reason">The fault of the last attempt.</param>
public sealed record ChannelNotice(ChannelKind Kind, string Name, string Reason);
