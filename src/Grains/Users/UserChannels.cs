using System.Collections.Immutable;
using System.Security.Cryptography;
using Alerts.Channels;
using Alerts.Channels.Http;
using Alerts.Channels.Webhook;
using Alerts.Mail;
using Alerts.Outbox;
using Alerts.Runs;
using Alerts.Settings.Validation;
using Alerts.State;
using Alerts.Users.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Users;

/// <summary>Creates the channels of users and sends to them. Safe for concurrent use.</summary>
public sealed class UserChannels(
    ChannelSender sender, ChannelSecrets secrets, RunAdmission admission, InterruptedRuns interrupted,
        IOptions<ChannelOptions> options, TimeProvider clock,
    ILogger<UserWork> logger)
{
    /// <summary>How long the code that links a chat is valid.</summary>
    static readonly TimeSpan startWithin = TimeSpan.FromDays(1);

    /// <summary>As long as the link that carries it.</summary>
    static readonly TimeSpan confirmWithin = Tokens.LinkTokens.ConfirmLifetime;

    const int CodeDigits = 20;
    const int MaxName = 60;
    const int MaxTitle = 60;

    /// <summary>The work of sending to one channel, beside everything else the user does.</summary>
    public UserWork NewWork() => new(admission, interrupted, logger);

    /// <summary>What is wrong with a channel's settings, by field; empty when nothing is.</summary>
    public IReadOnlyDictionary<string, string[]> Check(ChannelSettings settings, ChannelRecord? existing)
    {
        var errors = new FieldErrors();
        errors.Require(
            settings.Name is null || (settings.Name.Length <= MaxName && !string.IsNullOrWhiteSpace(settings.Name)
                && ShownText.Clean(settings.Name) == settings.Name),
            "name", $"A name has 1 to {MaxName} visible characters.");
        errors.Require(existing is null || existing.Kind == settings.Kind, "kind", "A channel keeps its kind; add another one.");
        errors.Require(settings.Secret is null || settings.Kind is ChannelKind.Webhook, "secret", "Only webhooks are signed.");
        errors.Require(settings.Token is null || settings.Kind is ChannelKind.Ntfy, "token", "Only ntfy has access tokens.");
        if (settings.Kind is not ChannelKind.Telegram && (existing is null || settings.Url is not null)
            && ChannelUrl.Check(settings.Url, options.Value.AllowLoopback) is { } refusal)
            errors.Add("url", refusal);
        else
            sender.Check(settings, errors);
        return errors.ToDictionary();
    }

    /// <summary>A new channel, and the secret if one was made for it.</summary>
    public async Task<(ChannelRecord Channel, string? Secret)> NewAsync(ChannelSettings settings)
    {
        var secret = settings.Kind is ChannelKind.Webhook && settings.Secret is null ? WebhookSecret.New() : null;
        var target = new ChannelTarget { Url = settings.Url, Secret = settings.Secret ?? secret, Token = settings.Token };
        var channel = new ChannelRecord
        {
            Id = ChannelId.New(),
            Kind = settings.Kind,
            Name = NameOf(settings),
            CreatedAt = clock.GetUtcNow(),
            Code = NewCode(),
            CodeAt = clock.GetUtcNow(),
            Protected = settings.Url is null ? null : await secrets.ProtectAsync(target),
            Target = HostOf(settings.Url),
        };
        return (channel, secret);
    }

    /// <summary>A channel with other settings. A channel with a new address, or one that was disabled, must agree again.</summary>
    public async Task<ChannelRecord> ReplacedAsync(ChannelRecord channel, ChannelSettings settings)
    {
        var now = clock.GetUtcNow();
        var before = await secrets.ReadAsync(channel.Protected);
        var named = channel with { Name = NameOf(settings) };
        if (channel.Kind is ChannelKind.Telegram)
            return channel.State is ChannelState.Disabled ? Asked(named) with { Protected = null, Target = null } : named;
        var isRotated = settings.Secret is not null && before?.Secret is not null && settings.Secret != before.Secret;
        var target = new ChannelTarget
        {
            Url = settings.Url ?? before?.Url,
            Secret = settings.Secret ?? before?.Secret ?? (channel.Kind is ChannelKind.Webhook ? WebhookSecret.New() : null),
            Token = settings.Token ?? (settings.Url is null || settings.Url == before?.Url ? before?.Token : null),
            PreviousSecret = isRotated ? before!.Secret : before?.PreviousSecret,
            PreviousUntil = isRotated ? now + WebhookSecret.Rotation : before?.PreviousUntil,
        };
        var led = named with { Protected = await secrets.ProtectAsync(target), Target = HostOf(target.Url) };
        return target.Url != before?.Url || channel.State is ChannelState.Disabled ? Asked(led) : led;

        ChannelRecord Asked(ChannelRecord asked) => asked with
        {
            State = ChannelState.Unconfirmed, Code = NewCode(), CodeAt = now,
                FailingSince = null, LastFault = null, Outbox = null, Sending = null,
        };
    }

    /// <summary>A channel whose reader agreed; null when the code belongs to another channel or is too old.</summary>
    public async Task<ChannelRecord?> ConfirmedAsync(ChannelRecord channel, string code, TelegramChat? chat)
    {
        var isChat = channel.Kind is ChannelKind.Telegram;
        if (channel.Code != code || isChat != chat is not null)
            return null;
        if (channel.State is not ChannelState.Unconfirmed)
            return channel.IsActive && !isChat ? channel : null;
        if (clock.GetUtcNow() - channel.CodeAt >= (isChat ? startWithin : confirmWithin))
            return null;
        var active = channel with { State = ChannelState.Active, Outbox = null, FailingSince = null, LastFault = null };
        return chat is null ? active : active with
        {
            Protected = await secrets.ProtectAsync(new ChannelTarget { ChatId = chat.Id }),
            Target = ShownText.Clean(chat.Title, MaxTitle),
        };
    }

    /// <summary>The channel as its user sees it, with the link that connects a chat.</summary>
    public ChannelView ViewOf(string userId, ChannelRecord channel) => channel.ToView() with
    {
        StartUrl = channel is { Kind: ChannelKind.Telegram, State: ChannelState.Unconfirmed } && options.Value.TelegramName is { } bot
            ? $"https://t.me/{bot}?start={userId}_{channel.Code}"
            : null,
    };

    public Task<DeliveryResult> SendAsync(string userId, UserState user, ChannelRecord channel,
        OutboxEntry entry, Func<bool> isWanted, CancellationToken cancellationToken) =>
        sender.SendAsync(new MailRecipient(userId, user.Settings, user.TokenGeneration), channel, entry, isWanted, cancellationToken);

    /// <summary>Sends a sample now; to an unconfirmed channel, the question again.</summary>
    public Task<ChannelTest> TestAsync(string userId, UserState user, ChannelRecord channel) => sender.TestAsync(
        new MailRecipient(userId, user.Settings, user.TokenGeneration),
        channel,
        Question($"{userId}.test-{NewCode()}.{channel.Id}", clock.GetUtcNow()).Notification,
        CancellationToken.None);

    /// <summary>The message that asks whether the channel wants the alerts.</summary>
    public static OutboxEntry Question(string id, DateTimeOffset now) =>
        new() { Notification = new Notification { Id = id, Kind = NotificationKind.Confirmation, CreatedAt = now } };

    static string NameOf(ChannelSettings settings) => settings.Name ?? settings.Kind.ToString();

    static string? HostOf(string? url) => url is null ? null : new Uri(url).IdnHost;

    static string NewCode() => RandomNumberGenerator.GetHexString(CodeDigits, lowercase: true);
}
