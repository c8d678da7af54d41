using Alerts.Users.Mails;
using Orleans.Concurrency;

namespace Alerts.Users.Channels;

/// <summary>The channels of one user, key <see cref="UserId"/>: a part of <see cref="IUserGrain"/>.</summary>
[Alias("Alerts.IUserChannelsGrain")]
public interface IUserChannelsGrain : IGrainWithStringKey
{
    /// <summary>The channels in the order they were made; null when there is no user.</summary>
    [Alias("ListAsync"), AlwaysInterleave]
    Task<ChannelView[]?> ListChannelsAsync();

    /// <summary>Adds a channel, which is asked whether it wants to be one.</summary>
    [Alias("AddAsync")]
    Task<ChannelChange> AddChannelAsync(ChannelSettings settings);

    /// <summary>Replaces a channel's settings. Led elsewhere it is asked again; a disabled one is used again.</summary>
    [Alias("ReplaceAsync")]
    Task<ChannelChange> ReplaceChannelAsync(string channelId, ChannelSettings settings);

    /// <summary>Removes a channel with what waits for it. False when it was not there.</summary>
    [Alias("RemoveAsync")]
    Task<bool> RemoveChannelAsync(string channelId);

    /// <summary>
    /// Sends a sample now, or the question again to who has not agreed yet; null when there is no such channel. A slow one holds up no other call.
    /// </summary>
    [Alias("TestAsync"), AlwaysInterleave]
    Task<ChannelTest?> TestChannelAsync(string channelId);

    /// <summary>The messages to a channel, newest first; null when there is no such channel.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">At most this many that were taken.</param>
    [Alias("DeliveriesAsync"), AlwaysInterleave]
    Task<NotificationPage?> GetDeliveriesAsync(string channelId, NotificationCursor? after, int limit);

    /// <summary>
    /// Who reads a channel agrees to it. Null when the code is of no channel of this user, or of one that was led elsewhere since.
    /// </summary>
    /// <param name="channelId">The channel; null for the one that has the code.</param>
    /// <param name="code">What the channel was sent.</param>
    /// <param name="chat">The chat at Telegram that sent the code; null for other kinds.</param>
    [Alias("ConfirmAsync")]
    Task<ChannelView?> ConfirmChannelAsync(string? channelId, string code, TelegramChat? chat = null);
}
