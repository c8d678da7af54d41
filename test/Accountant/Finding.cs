namespace Alerts.Accounts;

/// <summary>One piece of news of one person that went wrong.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Kind">The kind of mistake in few words, the same for all of its kind.</param>
/// <param name="Story">What a reader needs to follow it.</param>
public sealed record Finding(Outcome Outcome, string Kind, string Story);
