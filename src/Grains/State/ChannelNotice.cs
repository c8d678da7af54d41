using Alerts.Users.Channels;

namespace Alerts.State;

/// <summary>A channel that was disabled, as a mail says it to its owner.</summary>
/// <param name="Kind">Where it led.</param>
/// <param name="Name">What its user calls it.</param>
/// <param name="Reason">What the last attempt met.</param>
public sealed record ChannelNotice(ChannelKind Kind, string Name, string Reason);
