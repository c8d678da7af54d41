namespace Alerts.Users.Sessions;

/// <summary>A browser that is signed in at the pages.</summary>
/// <param name="Id">Its id within the user.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="Browser">The browser's own description, shortened.</param>
[GenerateSerializer, Immutable, Alias("Alerts.SessionView")]
public sealed record SessionView([property: Id(0)] string Id, [property: Id(1)] DateTimeOffset OpenedAt, [property: Id(2)] string Browser);
