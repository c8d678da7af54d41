namespace Alerts.Gateway.Admin;

/// <summary>What became of an import.</summary>
/// <param name="Id">The user.</param>
/// <param name="Added">False when the user was there already and stays as it is.</param>
public sealed record ImportResult(string Id, bool Added);
