using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Users.Addresses;

namespace Alerts.State.Notifications;

/// <summary>
/// The content of a mail. It is kept in the user's state from before the first attempt until the SMTP server accepted it.
/// </summary>
public sealed record Notification
{
    /// <summary>The mail's name, always the same for the same user and run; the local part of its Message-ID.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of mail.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the mail reports news of the user's searches. While it waits, later news is merged into it.</summary>
    [JsonIgnore]
    public bool IsAlert =>
        Kind is NotificationKind.FirstResults or NotificationKind.Changes or NotificationKind.EveryCheck or NotificationKind.Digest;

    /// <summary>
    /// The name of the sign-in link that a <see cref="NotificationKind.ManageLink"/> has instead of a manage link; null without one.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SignIn { get; init; }

    /// <summary>The disabled channel that a <see cref="NotificationKind.ManageLink"/> reports; null when it reports none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChannelNotice? Channel { get; init; }

    /// <summary>Whether the mail announces the end of an auction that has ended meanwhile.</summary>
    public bool HasEnded(DateTimeOffset now) =>
        Sections.Any(section => section.Items.Any(item => item.IsEnding && item.Listing.EndsAt <= now));

    /// <summary>
    /// For a <see cref="NotificationKind.ManageLink"/> that asks the present address about a move: the <see cref="EmailAddressKey"/> of the
    /// new address. Null when the mail asks nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MoveTo { get; init; }

    /// <summary>One section for each search with news, in the user's order.</summary>
    public ImmutableArray<NotificationSection> Sections { get; init; } = [];
}
