namespace Alerts.Gateway.Users;

/// <summary>A new manage token.</summary>
/// <param name="ManageToken">For <c>Authorization: Bearer</c>; valid for a year or until rotated.</param>
public sealed record TokenDocument(string ManageToken);
