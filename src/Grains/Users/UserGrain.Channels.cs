using System.Collections.Immutable;
using System.Globalization;
using Alerts.Outbox;
using Alerts.State;
using Alerts.Users.Channels;
using Alerts.Users.Mails;

namespace Alerts.Users;

/// <summary>
/// The user's channels beside mail. Each is sent to separately: a channel that fails delays no other channel, no mail and no check.
/// </summary>
public sealed partial class UserGrain : IUserChannelsGrain
{
    /// <summary>The work of each channel; null until the first message.</summary>
    Dictionary<string, UserWork>? channelWork;

    public Task<ChannelView[]?> ListChannelsAsync() => Task.FromResult<ChannelView[]?>(
        row.User is { } user ? [.. (user.Channels ?? []).Select(channel => channels.ViewOf(Id, channel))] : null);

    public async Task<ChannelChange> AddChannelAsync(ChannelSettings settings)
    {
        if (row.User is not { } user)
            return new ChannelChange(ChannelOutcome.NotFound);
        if (user.Status is UserStatus.Unconfirmed)
            return new ChannelChange(ChannelOutcome.Unconfirmed);
        if (channels.Check(settings, existing: null) is { Count: > 0 } errors)
            return new ChannelChange(ChannelOutcome.Invalid, Errors: errors.ToImmutableDictionary());
        if (user.Channels?.Length >= UserState.MaxChannels)
            return new ChannelChange(ChannelOutcome.Full);
        var (channel, secret) = await channels.NewAsync(settings);
        await ChangeAsync(latest => latest is null ? null :
            Asked(latest with { Channels = (latest.Channels ?? []).Add(channel) }, channel));
        return row.User?.FindChannel(channel.Id) is { } added
            ? new ChannelChange(ChannelOutcome.Done, channels.ViewOf(Id, added) with { Secret = secret })
            : new ChannelChange(ChannelOutcome.NotFound);
    }

    public async Task<ChannelChange> ReplaceChannelAsync(string channelId, ChannelSettings settings)
    {
        if (row.User?.FindChannel(channelId) is not { } before)
            return new ChannelChange(ChannelOutcome.NotFound);
        if (channels.Check(settings, before) is { Count: > 0 } errors)
            return new ChannelChange(ChannelOutcome.Invalid, Errors: errors.ToImmutableDictionary());
        var changed = await channels.ReplacedAsync(before, settings);
        await ChangeAsync(latest => latest?.FindChannel(channelId) is not { } channel ? null
            : changed.Code != before.Code ? Asked(latest.WithChannel(changed), changed)
            : latest.WithChannel(channel with { Name = changed.Name, Protected = changed.Protected, Target = changed.Target }));
        return row.User?.FindChannel(channelId) is { } replaced
            ? new ChannelChange(ChannelOutcome.Done, channels.ViewOf(Id, replaced))
            : new ChannelChange(ChannelOutcome.NotFound);
    }

    public async Task<bool> RemoveChannelAsync(string channelId)
    {
        var isRemoved = await ChangeAsync(latest => latest?.FindChannel(channelId) is not { } channel ? null : latest with
        {
            Channels = latest.Channels!.Value.Length == 1 ? null : latest.Channels.Value.Remove(channel),
        });
        if (isRemoved && channelWork is not null && channelWork.Remove(channelId, out var own))
        {
            await own.StopAsync();
            own.Dispose();
        }

        return isRemoved;
    }

    public async Task<ChannelTest?> TestChannelAsync(string channelId) =>
        row.User is { } user && user.FindChannel(channelId) is { } channel ? await channels.TestAsync(Id, user, channel) : null;

    public async Task<NotificationPage?> GetDeliveriesAsync(string channelId, NotificationCursor? after, int limit) =>
        row.User?.FindChannel(channelId) is { } channel ? await NotificationReader.ReadAsync(mails.Log, Id, channel, after, limit) : null;

    public async Task<ChannelView?> ConfirmChannelAsync(string? channelId, string code, TelegramChat? chat = null)
    {
        if (row.User?.Channels?.FirstOrDefault(one => channelId is null ? one.Code == code : one.Id == channelId) is not { } channel
            || await channels.ConfirmedAsync(channel, code, chat) is not { } confirmed)
            return null;
        // The code links only one chat: it is void now.
        if (confirmed != channel)
            await ChangeAsync(latest => latest?.FindChannel(channel.Id)?.Code == code ? latest.WithChannel(confirmed) : null);
        return row.User?.FindChannel(channel.Id)?.ToView();
    }

    /// <summary>A chat is linked by its own reader. All other channels get a message that asks.</summary>
    UserState Asked(UserState user, ChannelRecord channel)
    {
        if (channel.Protected is null)
            return user;
        var number = user.LastNotification + 1;
        var id = string.Create(CultureInfo.InvariantCulture, $"{Id}.{number}.{channel.Id}");
        return (user with { LastNotification = number }).WithChannel(channel with { Outbox = UserChannels.Question(id, Now) });
    }

    /// <summary>Sends to each channel that has a message to send and none being sent.</summary>
    void StartChannels()
    {
        // Messages that may have been sent before a restart are looked up in the log first.
        if (!isSettled || row.User is not { Channels: { } all } user)
            return;
        foreach (var channel in all)
        {
            if (ChannelDelivery.IsReady(user, channel, Now))
                WorkOf(channel.Id).Start(Id, cancellationToken => SendToChannelAsync(channel.Id, cancellationToken));
        }
    }

    UserWork WorkOf(string channelId)
    {
        channelWork ??= [];
        if (!channelWork.TryGetValue(channelId, out var own))
            channelWork.Add(channelId, own = channels.NewWork());
        return own;
    }

    async Task SendToChannelAsync(string channelId, CancellationToken cancellationToken)
    {
        while (await TakeAsync(channelId) is { Sending: { } entry } channel && row.User is { } user)
        {
            var result = await channels.SendAsync(Id, user, channel, entry,
                () => ChannelDelivery.IsWanted(row.User, channelId, entry), cancellationToken);
            await ChangeAsync(
                latest => latest is null ? null : ChannelDelivery.After(latest, Id, channelId, entry, result, Now),
                mustWrite: result is not DeliveryResult.Accepted);
        }
    }

    /// <summary>
    /// Takes up what waits for a channel. That needs no write: after a restart, all waiting messages are looked up in the log.
    /// </summary>
    async Task<ChannelRecord?> TakeAsync(string channelId)
    {
        if (row.User is not { } user || user.FindChannel(channelId) is not { } channel || !ChannelDelivery.IsReady(user, channel, Now))
            return null;
        var isTaken = await ChangeAsync(
            latest => latest?.FindChannel(channelId) is { } one && ChannelDelivery.IsReady(latest, one, Now)
                ? ChannelDelivery.Taken(latest, one, Now) : null,
            mustWrite: ChannelDelivery.IsDivided(channel, Now));
        return isTaken ? row.User?.FindChannel(channelId) : null;
    }

    async Task EndChannelsAsync(Func<UserWork, Task> end)
    {
        if (channelWork is not null)
            await Task.WhenAll(channelWork.Values.Select(end));
    }
}
