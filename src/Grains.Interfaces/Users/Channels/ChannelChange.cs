using System.Collections.Immutable;

namespace Alerts.Users.Channels;

/// <summary>What became of a change of a user's channels.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Channel">The channel as it is now; null when it is not there.</param>
/// <param name="Errors">What is wrong with the settings, by field.</param>
[GenerateSerializer, Immutable, Alias("Alerts.ChannelChange")]
public sealed record ChannelChange(
    [property: Id(0)] ChannelOutcome Outcome,
    [property: Id(1)] ChannelView? Channel = null,
    [property: Id(2)] ImmutableDictionary<string, string[]>? Errors = null);
