using Alerts.Users.Mails;
using Orleans.Concurrency;

namespace Alerts.Users.Channels;

/// <summary>The channels of one user; the key is a <see cref="UserId"/>. A part of <see cref="IUserGrain"/>.</summary>
[Alias("Alerts.IUserChannelsGrain")]
public interface IUserChannelsGrain : IGrainWithStringKey
{
    /// <summary>The channels, oldest first; null when there is no user.</summary>
    [Alias("ListAsync"), AlwaysInterleave]
    Task<ChannelView[]?> ListChannelsAsync();

    /// <summary>Adds a channel, which is then asked whether it wants the alerts.</summary>
    [Alias("AddAsync")]
    Task<ChannelChange> AddChannelAsync(ChannelSettings settings);

    /// <summary>Replaces a channel's settings. With a new address the channel is asked again. A disabled channel is in use again.</summary>
    [Alias("ReplaceAsync")]
    Task<ChannelChange> ReplaceChannelAsync(string channelId, ChannelSettings settings);

    /// <summary>Removes a channel and its waiting messages. False when it did not exist.</summary>
    [Alias("RemoveAsync")]
    Task<bool> RemoveChannelAsync(string channelId);

    /// <summary>
    /// Sends a sample now; to an unconfirmed channel, the question again. Null when there is no such channel. A slow channel delays no
    /// other call.
    /// </summary>
    [Alias("TestAsync"), AlwaysInterleave]
    Task<ChannelTest?> TestChannelAsync(string channelId);

    /// <summary>The messages to a channel, newest first; null when there is no such channel.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">The most accepted messages.</param>
    [Alias("DeliveriesAsync"), AlwaysInterleave]
    Task<NotificationPage?> GetDeliveriesAsync(string channelId, NotificationCursor? after, int limit);

    /// <summary>
    /// A channel's reader agrees to the alerts. Null when no channel of this user has the code, or when the channel has a new address
    /// since.
    /// </summary>
    /// <param name="channelId">The channel; null for the one with this code.</param>
    /// <param name="code">The code that the channel was sent.</param>
    /// <param name="chat">The Telegram chat that sent the code; null for other kinds.</param>
    [Alias("ConfirmAsync")]
    Task<ChannelView?> ConfirmChannelAsync(string? channelId, string code, TelegramChat? chat = null);
}
