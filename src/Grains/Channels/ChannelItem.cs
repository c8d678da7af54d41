namespace Alerts.Channels;

/// <summary>A listing in a message; nothing in it is escaped yet.</summary>
/// <param name="Title">The seller's title in one line.</param>
/// <param name="Url">The listing's page.</param>
/// <param name="Line">Reason, price and details, in one line.</param>
/// <param name="ImageUrl">Its picture; null without one.</param>
public sealed record ChannelItem(string Title, string Url, string Line, string? ImageUrl);
