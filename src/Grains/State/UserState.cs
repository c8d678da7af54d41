using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Settings;
using Alerts.State.Memory;
using Alerts.Users;

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

    /// <summary>News that an older release kept back; today what waits is found again when a mail may go.</summary>
    public ImmutableArray<NotificationSection> Waiting { get; init; } = [];

    /// <summary>Since when news waits (quiet hours, digest, the day's limit, no room in the last mail); null when none does.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>What became of the last checks, oldest first; few, since the same results in a row are one.</summary>
    public ImmutableArray<CheckSpan> Checks { get; init; } = [];

    /// <summary>The mail to be sent, or being sent; null when there is none.</summary>
    public OutboxEntry? Outbox { get; init; }

    /// <summary>Mails about the account (confirmation, manage link, changed address), at most four; they go before alerts.</summary>
    public ImmutableArray<OutboxEntry> Notices { get; init; } = [];

    /// <summary>The insight mail to be sent, or being sent; null when there is none.</summary>
    public OutboxEntry? Insight { get; init; }

    /// <summary>When what came down was last looked at for an insight mail; null before the first time.</summary>
    public DateTimeOffset? InsightAt { get; init; }

    /// <summary>Since when the address waits to be confirmed; null when it is, or need not be.</summary>
    public DateTimeOffset? UnconfirmedSince { get; init; }

    /// <summary>Whether the confirmation was mailed a second time: there is no third.</summary>
    public bool ConfirmationRepeated { get; init; }

    /// <summary>Since when <see cref="PendingEmail"/> waits; null when none does.</summary>
    public DateTimeOffset? PendingSince { get; init; }

    /// <summary>When mails began to go elsewhere than to <see cref="UserHead.FormerEmail"/>; null when there is none.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>When the owner was last mailed a manage link because somebody enrolled the address again.</summary>
    public DateTimeOffset? OwnerRemindedAt { get; init; }

    /// <summary>The day, where the user is, of the last alert made; null before the first.</summary>
    public DateOnly? MailDay { get; init; }

    /// <summary>How many alerts were made on <see cref="MailDay"/>.</summary>
    public int MailsOfDay { get; init; }

    /// <summary>When the pause after the last alert ends; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextAlertAt { get; init; }

    /// <summary>Mails refused in a row because the address is dead.</summary>
    public int DeadAddressRefusals { get; init; }

    /// <summary>Since when the address is suppressed; null while it is not, and for those suppressed before this was kept.</summary>
    public DateTimeOffset? SuppressedAt { get; init; }

    /// <summary>The browsers signed in at the pages, oldest first, at most <see cref="WebSessions.MaxSessions"/>.</summary>
    public ImmutableArray<WebSession> Sessions { get; init; } = [];

    /// <summary>The channels beside mail in the order they were made, at most <see cref="MaxChannels"/>; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ChannelRecord>? Channels { get; init; }

    /// <summary>Names the user's Atom feed, at random; another one voids the addresses of before. Null when there is no feed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FeedKey { get; init; }

    /// <summary>The most channels of a user.</summary>
    public const int MaxChannels = 10;

    /// <summary>A channel of the user; null when it is not there.</summary>
    public ChannelRecord? FindChannel(string id) => Channels?.FirstOrDefault(channel => channel.Id == id);

    /// <summary>The user with a channel in place of the one with its id, which has to be there.</summary>
    public UserState WithChannel(ChannelRecord channel) => this with { Channels = Channels!.Value.Replace(FindChannel(channel.Id)!, channel) };

    /// <summary>The user with other settings: what the remaining searches remember is kept, and all of it is compared anew by the new rules.</summary>
    public UserState With(UserSettings settings) => this with
    {
        Settings = settings,
        Version = Version + 1,
        Insight = settings.Insights ? Insight : null,
        NextAlertAt = settings.MinutesBetweenMails == Settings.MinutesBetweenMails ? NextAlertAt : null,
        Searches = [.. Searches.Where(memory => settings.Searches.Any(search => search.Id == memory.SearchId)).Select(memory => memory with { SnapshotVersion = 0 })],
        Waiting = [.. Waiting.Where(section => settings.Searches.Any(search => search.Id == section.SearchId))],
    };
}
