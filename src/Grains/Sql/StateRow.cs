namespace Alerts.Sql;

/// <summary>A row of grain state to be written.</summary>
/// <param name="Service">The service to which the state belongs.</param>
/// <param name="IdHash">Orleans' hash of the key.</param>
/// <param name="TypeHash">Orleans' hash of the state's name.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Type">The state's name.</param>
/// <param name="Version">The version that must be stored now; null when no row may exist.</param>
/// <param name="Payload">The state.</param>
public sealed record StateRow(string Service, int IdHash, int TypeHash, string Key, string Type, int? Version, byte[] Payload);
