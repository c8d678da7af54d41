namespace Alerts.Settings.Sites;

/// <summary>A part of a link that is missing in the search made from it.</summary>
/// <param name="Parameter">The parameter's name in the link.</param>
/// <param name="Reason">The reason, in a sentence for people.</param>
public sealed record NotTakenOver(string Parameter, string Reason);
