namespace Alerts.Users;

/// <summary>The result of a change of settings.</summary>
/// <param name="Outcome">Whether the change was made, or why not.</param>
/// <param name="User">The user as it is now; null when there is none, or when the address belongs to another user.</param>
[GenerateSerializer, Immutable, Alias("Alerts.ReplaceResult")]
public sealed record ReplaceResult([property: Id(0)] ReplaceOutcome Outcome, [property: Id(1)] UserView? User);
