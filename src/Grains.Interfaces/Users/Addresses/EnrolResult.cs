namespace Alerts.Users.Addresses;

/// <summary>The result of an enrolment.</summary>
/// <param name="User">The address's user.</param>
/// <param name="Created">False when the address had this user before; the settings are then unchanged.</param>
/// <param name="UserId">The id to show to the caller, no matter whether the address was free; null when the caller chose the id.</param>
[GenerateSerializer, Immutable, Alias("Alerts.EnrolResult")]
public sealed record EnrolResult([property: Id(0)] UserView User, [property: Id(1)] bool Created, [property: Id(2)] string? UserId = null);
