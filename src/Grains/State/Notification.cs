using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Users.Addresses;

namespace Alerts.State;

/// <summary>What is to be mailed: kept in the user's state from before the first attempt until the SMTP server accepted it.</summary>
public sealed record Notification
{
    /// <summary>The deterministic name of this mail, unique per user and run; the local part of its Message-ID.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it tells what the user's searches found; later news is merged into it while it waits.</summary>
    [JsonIgnore]
    public bool IsAlert => Kind is NotificationKind.FirstResults or NotificationKind.Changes or NotificationKind.EveryCheck or NotificationKind.Digest;

    /// <summary>The name of the sign-in link that a <see cref="NotificationKind.ManageLink"/> holds in place of a manage link; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SignIn { get; init; }

    /// <summary>The channel of which a <see cref="NotificationKind.ManageLink"/> says that it was disabled; null: it is about none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChannelNotice? Channel { get; init; }

    /// <summary>Whether it says of an auction that it ends soon which ended meanwhile.</summary>
    public bool HasEnded(DateTimeOffset now) => Sections.Any(section => section.Items.Any(item => item.IsEnding && item.Listing.EndsAt <= now));

    /// <summary>
    /// The <see cref="EmailAddressKey"/> of the address to which somebody asked to move the user, of a
    /// <see cref="NotificationKind.ManageLink"/> that asks the present one; null: it asks nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MoveTo { get; init; }

    /// <summary>One section per search with something to say, in the user's order.</summary>
    public ImmutableArray<NotificationSection> Sections { get; init; } = [];
}
