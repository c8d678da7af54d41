using System.Text.Json.Serialization;
using Alerts.State.Notifications;
using Alerts.Users.Channels;

namespace Alerts.State;

/// <summary>A channel of a user as it is stored, with the messages that wait for it.</summary>
public sealed record ChannelRecord
{
    /// <summary>The channel's id within its user.</summary>
    public required string Id { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>The user's name for it.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its address and secrets, encrypted; null until a chat is linked.</summary>
    public string? Protected { get; init; }

    /// <summary>The host or chat its messages go to.</summary>
    public string? Target { get; init; }

    /// <summary>Whether the channel is in use.</summary>
    public ChannelState State { get; init; }

    /// <summary>The secret by which the channel's reader agrees. A new address gets a new code.</summary>
    public required string Code { get; init; }

    /// <summary>When <see cref="Code"/> was made.</summary>
    public required DateTimeOffset CodeAt { get; init; }

    /// <summary>When the channel last accepted a message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastAcceptedAt { get; init; }

    /// <summary>Since when the channel has refused or missed messages; null while it works.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The fault of the last attempt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastFault { get; init; }

    /// <summary>The news that waits for the channel. A check adds news and removes what is no longer true.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutboxEntry? Outbox { get; init; }

    /// <summary>
    /// The message being sent. It does not change, so that its entry in the delivery log stands for exactly this message.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutboxEntry? Sending { get; init; }

    [JsonIgnore]
    public bool IsActive => State is ChannelState.Active;

    public ChannelView ToView() => new()
    {
        Id = Id,
        Kind = Kind,
        Name = Name,
        State = State,
        Target = Target,
        CreatedAt = CreatedAt,
        LastAcceptedAt = LastAcceptedAt,
        FailingSince = FailingSince,
        LastFault = LastFault,
    };
}
