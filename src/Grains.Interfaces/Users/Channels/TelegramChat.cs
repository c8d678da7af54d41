namespace Alerts.Users.Channels;

/// <summary>A chat with the bot.</summary>
/// <param name="Id">Telegram's id of the chat.</param>
/// <param name="Title">Its title, or the person's name.</param>
[GenerateSerializer, Immutable, Alias("Alerts.TelegramChat")]
public sealed record TelegramChat([property: Id(0)] long Id, [property: Id(1)] string Title);
