using Alerts.Users.Channels;

namespace Alerts.Gateway.Channels;

/// <summary>A user's channels beside mail.</summary>
/// <param name="Items">In the order they were made.</param>
public sealed record ChannelList(IReadOnlyList<ChannelView> Items);
