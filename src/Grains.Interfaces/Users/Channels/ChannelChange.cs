using System.Collections.Immutable;

namespace Alerts.Users.Channels;

/// <summary>The result of a change of a user's channels.</summary>
/// <param name="Outcome">Whether the change was made, or why not.</param>
/// <param name="Channel">The channel as it is now; null when there is none.</param>
/// <param name="Errors">The errors in the settings, by field.</param>
[GenerateSerializer, Immutable, Alias("Alerts.ChannelChange")]
public sealed record ChannelChange(
    [property: Id(0)] ChannelOutcome Outcome,
    [property: Id(1)] ChannelView? Channel = null,
    [property: Id(2)] ImmutableDictionary<string, string[]>? Errors = null);
