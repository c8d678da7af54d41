namespace Alerts.SharedData.Products;

/// <summary>A search in the shared database.</summary>
/// <param name="QueryId"><see cref="QueryIdentity.IdOf"/>.</param>
/// <param name="Text"><see cref="QueryIdentity.TextOf"/>.</param>
/// <param name="Marketplace">eBay marketplace id.</param>
/// <param name="FirstSeen">When it first found something, UTC.</param>
/// <param name="LastSeen">When it was last made, UTC.</param>
public sealed record QueryRow(string QueryId, string Text, string Marketplace, DateTime FirstSeen, DateTime LastSeen);
