namespace Alerts.SharedData.Products;

/// <summary>A row that says that a search found an item.</summary>
/// <param name="QueryId"><see cref="QueryIdentity.IdOf"/>.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Rank">The item's place in the result, 0 for the first.</param>
/// <param name="LastSeen">When the search last found it, UTC.</param>
public sealed record QueryProductRow(string QueryId, string ItemId, int Rank, DateTime LastSeen);
