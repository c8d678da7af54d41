namespace Alerts.Gateway.Users;

/// <summary>A new manage token.</summary>
/// <param name="ManageToken">Goes into <c>Authorization: Bearer</c>; good for a year or until rotated.</param>
public sealed record TokenDocument(string ManageToken);
