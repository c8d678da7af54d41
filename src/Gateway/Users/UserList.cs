namespace Alerts.Gateway.Users;

/// <summary>A page of users.</summary>
/// <param name="Items">The users. A page may have fewer users than asked for, even none, without being the last.</param>
/// <param name="Next">The <c>cursor</c> of the next page; absent on the last.</param>
public sealed record UserList(IReadOnlyList<UserDocument> Items, string? Next = null);
