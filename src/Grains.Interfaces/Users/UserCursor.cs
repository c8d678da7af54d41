namespace Alerts.Users;

/// <summary>A place in the list of users, in the order of the store: the page begins after this user.</summary>
/// <param name="Hash">The store's hash of the user's key.</param>
/// <param name="UserId">The user.</param>
[GenerateSerializer, Immutable, Alias("Alerts.UserCursor")]
public sealed record UserCursor([property: Id(0)] int Hash, [property: Id(1)] string UserId);
