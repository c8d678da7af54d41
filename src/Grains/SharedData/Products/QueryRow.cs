namespace Alerts.SharedData.Products;

/// <summary>A row of one query.</summary>
/// <param name="QueryId"><see cref="QueryIdentity.IdOf"/>.</param>
/// <param name="Text"><see cref="QueryIdentity.TextOf"/>.</param>
/// <param name="Marketplace">eBay marketplace id.</param>
/// <param name="FirstSeen">When the query first had a result, UTC.</param>
/// <param name="LastSeen">When eBay was last asked for it, UTC.</param>
public sealed record QueryRow(string QueryId, string Text, string Marketplace, DateTime FirstSeen, DateTime LastSeen);
