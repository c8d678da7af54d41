namespace Alerts.Users;

/// <summary>What became of a change of settings.</summary>
/// <param name="Outcome">Whether it was made, and why not.</param>
/// <param name="User">The user as it is now; null when there is none, or the address is another user's.</param>
[GenerateSerializer, Immutable, Alias("Alerts.ReplaceResult")]
public sealed record ReplaceResult([property: Id(0)] ReplaceOutcome Outcome, [property: Id(1)] UserView? User);
