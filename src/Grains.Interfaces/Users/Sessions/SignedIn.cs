namespace Alerts.Users.Sessions;

/// <summary>A user who is signed in.</summary>
/// <param name="User">The user.</param>
/// <param name="SessionId">The session's id within the user.</param>
/// <param name="OpenedAt">When the session was opened.</param>
[GenerateSerializer, Immutable, Alias("Alerts.SignedIn")]
public sealed record SignedIn([property: Id(0)] UserView User, [property: Id(1)] string SessionId,
    [property: Id(2)] DateTimeOffset OpenedAt);
