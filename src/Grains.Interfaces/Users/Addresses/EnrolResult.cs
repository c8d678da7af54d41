namespace Alerts.Users.Addresses;

/// <summary>What became of an enrolment.</summary>
/// <param name="User">The address's user.</param>
/// <param name="Created">False when the address had this user before; its settings are as they were.</param>
/// <param name="UserId">The id that the caller is to see, whether or not the address was free; null: the caller's own choice.</param>
[GenerateSerializer, Immutable, Alias("Alerts.EnrolResult")]
public sealed record EnrolResult([property: Id(0)] UserView User, [property: Id(1)] bool Created, [property: Id(2)] string? UserId = null);
