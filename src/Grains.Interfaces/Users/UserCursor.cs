namespace Alerts.Users;

/// <summary>A place in the list of users, which is in the order of the store: after this one.</summary>
/// <param name="Hash">The store's hash of the user's key.</param>
/// <param name="UserId">The user.</param>
[GenerateSerializer, Immutable, Alias("Alerts.UserCursor")]
public sealed record UserCursor([property: Id(0)] int Hash, [property: Id(1)] string UserId);
