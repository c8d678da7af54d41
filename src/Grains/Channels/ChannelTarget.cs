using System.Text.Json.Serialization;
using Alerts.Users.Channels;

namespace Alerts.Channels;

/// <summary>A channel's address and secrets; stored only in encrypted form.</summary>
public sealed record ChannelTarget
{
    /// <summary>The address messages go to; null for a chat.</summary>
    public string? Url { get; init; }

    /// <summary>Signs a webhook's messages.</summary>
    public string? Secret { get; init; }

    /// <summary>The previous secret. It signs too, until <see cref="PreviousUntil"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviousSecret { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>Access token of an ntfy topic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }

    /// <summary>What encrypts messages to a browser.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PushKeys? Keys { get; init; }

    /// <summary>Telegram's id of the chat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ChatId { get; init; }

    /// <summary>Where settings lead. What they leave out is as before; what belongs to an address goes with it.</summary>
    public static ChannelTarget Of(ChannelSettings settings, ChannelTarget? before)
    {
        var isSame = settings.Url is null || settings.Url == before?.Url;
        return new ChannelTarget
        {
            Url = settings.Url ?? before?.Url,
            Secret = settings.Secret ?? before?.Secret,
            PreviousSecret = before?.PreviousSecret,
            PreviousUntil = before?.PreviousUntil,
            Token = settings.Token ?? (isSame ? before?.Token : null),
            Keys = settings.Keys ?? (isSame ? before?.Keys : null),
        };
    }
}
