using System.Collections.Immutable;

namespace Alerts.Users;

/// <summary>A page of users.</summary>
/// <param name="Items">The users. A page may have fewer users than asked for, even none, without being the last.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
[GenerateSerializer, Immutable, Alias("Alerts.UserPage")]
public sealed record UserPage([property: Id(0)] ImmutableArray<UserView> Items, [property: Id(1)] UserCursor? Next);
