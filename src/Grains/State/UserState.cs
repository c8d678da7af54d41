using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Settings;
using Alerts.State.Memory;
using Alerts.State.Notifications;
using Alerts.Users;
using Alerts.Users.Sessions;

namespace Alerts.State;

/// <summary>Everything durable about a user: one row, one write, guarded by its ETag.</summary>
public sealed record UserState : UserHead
{
    /// <summary>A moment of the reminder's grid: ticks come at this moment plus whole periods.</summary>
    public required DateTimeOffset Phase { get; init; }

    /// <summary>Number of the last notification made; part of its id.</summary>
    public long LastNotification { get; init; }

    /// <summary>What each search remembers.</summary>
    public ImmutableArray<SearchMemory> Searches { get; init; } = [];

    /// <summary>News that an older release kept back. Today a later check finds waiting news again.</summary>
    public ImmutableArray<NotificationSection> Waiting { get; init; } = [];

    /// <summary>Since when news waits (quiet hours, digest, day's limit, no room in the last mail); null when none waits.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The results of the last checks, oldest first. Equal results in a row share one entry.</summary>
    public ImmutableArray<CheckSpan> Checks { get; init; } = [];

    /// <summary>The mail to be sent, or being sent; null when there is none.</summary>
    public OutboxEntry? Outbox { get; init; }

    /// <summary>Mails about the account (confirmation, manage link, changed address), at most four. They are sent before alerts.</summary>
    public ImmutableArray<OutboxEntry> Notices { get; init; } = [];

    /// <summary>The insight mail to be sent, or being sent; null when there is none.</summary>
    public OutboxEntry? Insight { get; init; }

    /// <summary>When price drops were last looked for to make an insight mail; null before the first time.</summary>
    public DateTimeOffset? InsightAt { get; init; }

    /// <summary>Since when the address waits to be confirmed; null when it does not wait.</summary>
    public DateTimeOffset? UnconfirmedSince { get; init; }

    /// <summary>Whether the confirmation was mailed a second time; there is no third.</summary>
    public bool ConfirmationRepeated { get; init; }

    /// <summary>Since when <see cref="PendingEmail"/> waits; null when none waits.</summary>
    public DateTimeOffset? PendingSince { get; init; }

    /// <summary>When mails began to go to another address than <see cref="UserHead.FormerEmail"/>; null when there is none.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>When the owner was last mailed a manage link because somebody enrolled the address again.</summary>
    public DateTimeOffset? OwnerRemindedAt { get; init; }

    /// <summary>The local date of the last alert made; null before the first.</summary>
    public DateOnly? MailDay { get; init; }

    /// <summary>How many alerts were made on <see cref="MailDay"/>.</summary>
    public int MailsOfDay { get; init; }

    /// <summary>When the pause after the last alert ends; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextAlertAt { get; init; }

    /// <summary>How many mails in a row were refused because the address is dead.</summary>
    public int DeadAddressRefusals { get; init; }

    /// <summary>
    /// Since when the address is suppressed. Null while it is not, and for users suppressed before an early release kept the moment.
    /// </summary>
    public DateTimeOffset? SuppressedAt { get; init; }

    /// <summary>The browsers signed in at the pages, oldest first, at most <see cref="WebSessions.MaxSessions"/>.</summary>
    public ImmutableArray<WebSession> Sessions { get; init; } = [];

    /// <summary>The channels beside mail in the order they were made, at most <see cref="MaxChannels"/>; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ChannelRecord>? Channels { get; init; }

    /// <summary>The random name of the user's Atom feed. A new name makes the old addresses void. Null when there is no feed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FeedKey { get; init; }

    /// <summary>Channels that a user may have.</summary>
    public const int MaxChannels = 10;

    public ChannelRecord? FindChannel(string id) => Channels?.FirstOrDefault(channel => channel.Id == id);

    /// <summary>Replaces the channel of the same id, which must exist.</summary>
    public UserState WithChannel(ChannelRecord channel) =>
        this with { Channels = Channels!.Value.Replace(FindChannel(channel.Id)!, channel) };

    /// <summary>
    /// Replaces the settings. The searches that remain keep their memory, and all of it is compared again by the new rules.
    /// </summary>
    public UserState With(UserSettings settings) => this with
    {
        Settings = settings,
        Version = Version + 1,
        Insight = settings.Insights ? Insight : null,
        NextAlertAt = settings.MinutesBetweenMails == Settings.MinutesBetweenMails ? NextAlertAt : null,
        Searches = [.. Searches.Where(memory => settings.Searches.Any(search => search.Id == memory.SearchId))
            .Select(memory => memory with { SnapshotVersion = 0 })],
        Waiting = [.. Waiting.Where(section => settings.Searches.Any(search => search.Id == section.SearchId))],
    };
}
