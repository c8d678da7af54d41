using System.Text.Json.Serialization;
using Alerts.Users.Channels;

namespace Alerts.State;

/// <summary>A channel of a user as it is stored, with what waits for it.</summary>
public sealed record ChannelRecord
{
    /// <summary>Its name within its user.</summary>
    public required string Id { get; init; }

    /// <summary>Where it leads.</summary>
    public required ChannelKind Kind { get; init; }

    /// <summary>What its user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its address and secrets, encrypted; null while a chat is to be linked.</summary>
    public string? Protected { get; init; }

    /// <summary>The host or chat its messages go to.</summary>
    public string? Target { get; init; }

    /// <summary>Whether it is used.</summary>
    public ChannelState State { get; init; }

    /// <summary>What shows that who reads the channel agrees; another one whenever it is led elsewhere.</summary>
    public required string Code { get; init; }

    /// <summary>When <see cref="Code"/> was made.</summary>
    public required DateTimeOffset CodeAt { get; init; }

    /// <summary>When it last took a message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastAcceptedAt { get; init; }

    /// <summary>Since when it takes none; null while it does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>What the last attempt met.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastFault { get; init; }

    /// <summary>What waits for the channel. A check adds its news, and takes out what is not so any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutboxEntry? Outbox { get; init; }

    /// <summary>What is being sent: nothing changes it, so that the delivery log says of it alone whether it was taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutboxEntry? Sending { get; init; }

    /// <summary>Whether it gets alerts.</summary>
    [JsonIgnore]
    public bool IsActive => State is ChannelState.Active;

    /// <summary>The channel as others see it.</summary>
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
