using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Alerts.Channels;
using Alerts.Gateway.Limits;
using Alerts.Tokens;
using Alerts.Users;
using Alerts.Users.Channels;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Channels;

/// <summary>
/// Receives people's messages to the bot: <c>/start</c> with a channel's code links the chat. A header proves that Telegram sent them.
/// Other messages get the same answer and do nothing; otherwise Telegram would send them again.
/// </summary>
static class TelegramUpdates
{
    /// <summary>The address to which Telegram sends messages.</summary>
    public const string Path = "/telegram/updates";

    const string Header = "X-Telegram-Bot-Api-Secret-Token";
    const string Command = "/start ";
    const int MaxBytes = 64 * 1024;

    public static void MapTelegramUpdates(this WebApplication app) =>
        app.MapPost(Path, TakeAsync).DisableAntiforgery().ExcludeFromDescription().WithMetadata(LimitedTo.Nothing);

    /// <summary>The secret in Telegram's header: the same on every gateway.</summary>
    public static string SecretOf(LinkTokens tokens, string botToken) => tokens.NameOf("telegram", botToken);

    static async Task<IResult> TakeAsync(HttpContext context, IOptions<ChannelOptions> options, LinkTokens tokens, IGrainFactory grains)
    {
        if (options.Value.TelegramToken is not { } token || !IsTelegram(context, SecretOf(tokens, token)))
            return Results.NotFound();
        if (await ReadAsync(context) is var (code, chat) && UserId.IsValid(code.User))
            await grains.GetGrain<IUserChannelsGrain>(code.User).ConfirmChannelAsync(channelId: null, code.Code, chat);
        return Results.Ok();
    }

    static bool IsTelegram(HttpContext context, string secret) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(context.Request.Headers[Header].ToString()), Encoding.UTF8.GetBytes(secret));

    static async Task<((string User, string Code), TelegramChat)?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not <= MaxBytes)
            return null;
        try
        {
            using var update = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var message = update.RootElement.GetProperty("message");
            var (text, chat) = (message.GetProperty("text").GetString() ?? "", message.GetProperty("chat"));
            if (!text.StartsWith(Command, StringComparison.Ordinal) || text[Command.Length..].Trim().Split('_') is not [var user, var code])
                return null;
            var title = TitleOf(chat, "title") ?? TitleOf(chat, "username") ?? TitleOf(chat, "first_name") ?? "chat";
            return ((user, code), new TelegramChat(chat.GetProperty("id").GetInt64(), title));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Another kind of update.
            return null;
        }
    }

    static string? TitleOf(JsonElement chat, string name) => chat.TryGetProperty(name, out var value) ? value.GetString() : null;
}
