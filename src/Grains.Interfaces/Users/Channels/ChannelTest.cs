namespace Alerts.Users.Channels;

/// <summary>What a channel made of a message sent to it at once.</summary>
/// <param name="Accepted">Whether it took the message.</param>
/// <param name="Reason">What it met; absent when it was taken.</param>
[GenerateSerializer, Immutable, Alias("Alerts.ChannelTest")]
public sealed record ChannelTest([property: Id(0)] bool Accepted, [property: Id(1)] string? Reason = null);
