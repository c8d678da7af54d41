namespace Alerts.Settings;

/// <summary>A part of a link that is not in the search made of it.</summary>
/// <param name="Parameter">The parameter's name in the link.</param>
/// <param name="Reason">Why, in a sentence for people.</param>
public sealed record NotTakenOver(string Parameter, string Reason);
