using Alerts.Users.Channels;

namespace Alerts.Gateway.Channels;

/// <summary>A user's channels beside mail.</summary>
/// <param name="Items">In the order they were made.</param>
/// <param name="WebPushKey">What a browser subscribes with (<c>applicationServerKey</c>); absent when this service has no Web Push.</param>
public sealed record ChannelList(IReadOnlyList<ChannelView> Items, string? WebPushKey);
