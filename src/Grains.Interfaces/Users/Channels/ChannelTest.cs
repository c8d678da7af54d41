namespace Alerts.Users.Channels;

/// <summary>The result of a message that was sent to a channel at once.</summary>
/// <param name="Accepted">Whether the channel accepted the message.</param>
/// <param name="Reason">The fault; absent when the message was accepted.</param>
[GenerateSerializer, Immutable, Alias("Alerts.ChannelTest")]
public sealed record ChannelTest([property: Id(0)] bool Accepted, [property: Id(1)] string? Reason = null);
