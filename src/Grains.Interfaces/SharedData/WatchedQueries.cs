using System.Collections.Immutable;

namespace Alerts.SharedData;

/// <summary>
/// The queries that a user watches: an event of the <see cref="Streams.Settings"/> stream. Published when the settings or the status
/// change, and again from time to time. Each event is complete: a later one replaces an earlier one and makes up for a lost one. No
/// address.
/// </summary>
[GenerateSerializer, Immutable, Alias("Alerts.WatchedQueries")]
public sealed record WatchedQueries
{
    /// <summary>The user's id.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>The moment of this state; an event with a later one replaces this one.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }

    /// <summary>Version of the settings.</summary>
    [Id(5)] public required int Version { get; init; }

    /// <summary>The canonical queries of the user's searches; none when the user was deleted.</summary>
    [Id(2)] public required ImmutableArray<string> Queries { get; init; }

    /// <summary>Minutes between checks.</summary>
    [Id(3)] public required int FrequencyMinutes { get; init; }

    /// <summary>Whether the queries are checked; false while the user is unconfirmed, paused, snoozed or suppressed.</summary>
    [Id(4)] public required bool Active { get; init; }
}
