using System.Collections.Immutable;
using System.Security.Cryptography;
using Alerts.Channels;
using Alerts.Channels.Http;
using Alerts.Mail;
using Alerts.Outbox;
using Alerts.Runs;
using Alerts.Settings.Validation;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Users.Channels;

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
        var kind = sender.Of(settings.Kind);
        Refuse(settings.Secret, ChannelFields.Secret, "secret");
        Refuse(settings.Token, ChannelFields.Token, "token");
        Refuse(settings.Keys, ChannelFields.Keys, "keys");
        if (kind.Fields.HasFlag(ChannelFields.Url) && (existing is null || settings.Url is not null)
            && ChannelUrl.Check(settings.Url, options.Value.AllowLoopback) is { } refusal)
            errors.Add("url", refusal);
        else
            kind.Check(settings, errors);
        return errors.ToDictionary();

        void Refuse(object? value, ChannelFields field, string name) =>
            errors.Require(value is null || kind.Fields.HasFlag(field), name, $"A channel of this kind has no {name}.");
    }

    /// <summary>A new channel, and the secret if one was made for it.</summary>
    public async Task<(ChannelRecord Channel, string? Secret)> NewAsync(ChannelSettings settings)
    {
        var target = sender.Of(settings.Kind).TargetOf(settings, before: null, clock.GetUtcNow());
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
        return (channel, settings.Secret is null ? target.Secret : null);
    }

    /// <summary>A channel with other settings. A channel with a new address, or one that was disabled, must agree again.</summary>
    public async Task<ChannelRecord> ReplacedAsync(ChannelRecord channel, ChannelSettings settings)
    {
        var now = clock.GetUtcNow();
        var before = await secrets.ReadAsync(channel.Protected);
        var named = channel with { Name = NameOf(settings) };
        if (IsChat(channel))
            return channel.State is ChannelState.Disabled ? Asked(named) with { Protected = null, Target = null } : named;
        var target = sender.Of(channel.Kind).TargetOf(settings, before, now);
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
        var isChat = IsChat(channel);
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
        StartUrl = IsChat(channel) && channel.State is ChannelState.Unconfirmed
            ? sender.Of(channel.Kind).StartUrlOf($"{userId}_{channel.Code}")
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

    /// <summary>Whether its reader opens it with a code, since it has no address.</summary>
    bool IsChat(ChannelRecord channel) => !sender.Of(channel.Kind).Fields.HasFlag(ChannelFields.Url);

    static string NameOf(ChannelSettings settings) => settings.Name ?? settings.Kind.ToString();

    static string? HostOf(string? url) => url is null ? null : new Uri(url).IdnHost;

    static string NewCode() => RandomNumberGenerator.GetHexString(CodeDigits, lowercase: true);
}
