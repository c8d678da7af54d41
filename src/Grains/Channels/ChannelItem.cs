namespace Alerts.Channels;

/// <summary>A listing as a message shows it; nothing of it is escaped yet.</summary>
/// <param name="Title">The seller's title in one line.</param>
/// <param name="Url">Its page.</param>
/// <param name="Line">Reason, price and what else is to be said, in one line.</param>
/// <param name="ImageUrl">Its picture; null when it has none.</param>
public sealed record ChannelItem(string Title, string Url, string Line, string? ImageUrl);
