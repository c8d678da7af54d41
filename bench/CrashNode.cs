using System.Globalization;
using Alerts.Configuration;
using Alerts.Demo.Receivers;
using Alerts.Settings;
using Alerts.Silo;
using Alerts.Tokens;
using Alerts.Users;
using Alerts.Users.Addresses;
using Alerts.Users.Channels;

namespace Alerts.Bench;

/// <summary>
/// The process that <see cref="CrashBenchmark"/> kills: a silo as <c>src/Silo</c> runs it, which enrols its users with a channel of each kind
/// when they are not there yet, and then ticks them all, again and again, as fast as their checks come due. Settings come by environment;
/// standard input has the tokens of the questions that channels are asked, and agrees to them.
/// </summary>
static class CrashNode
{
    public const string Ready = "crash node is ready";

    /// <summary>Begins a line that names a channel: its kind, its user's number, its id.</summary>
    public const string Channel = "channel";

    static readonly Lock output = new();
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(200);

    public static readonly Benchmark Listed = new("crash-node", "the process that crash kills; not to be run by hand", RunAsync);

    public static string UserId(int number) => string.Create(CultureInfo.InvariantCulture, $"u-{number:x32}");

    public static string Address(int number) => $"{Name(number)}@example.org";

    /// <summary>What a user's address and channels are called.</summary>
    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"user{number}");

    public static int NumberOf(string name) => int.Parse(name.AsSpan("user".Length), CultureInfo.InvariantCulture);

    /// <summary>The user of a chat; Telegram's numbers begin with 1.</summary>
    public static int NumberOfChat(string chatId) => int.Parse(chatId, CultureInfo.InvariantCulture) - 1;

    public static string Phrase(int number) => string.Create(CultureInfo.InvariantCulture, $"thing {number % CrashBenchmark.Phrases}");

    static async Task<int> RunAsync(string[] args)
    {
        var (users, receivers) = (int.Parse(args[0], CultureInfo.InvariantCulture), new Uri(args[1]));
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddAlertsSilo();
        await using var app = builder.Build();
        if (!app.HasValidSettings(Console.Error))
            return 1;
        await app.StartAsync();
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        _ = AgreeAsync(grains, app.Services.GetRequiredService<LinkTokens>());
        await Parallel.ForEachAsync(Enumerable.Range(0, users), async (number, cancellationToken) =>
        {
            while (!await TryPrepareAsync(grains, number, receivers))
                await Task.Delay(pause, cancellationToken);
        });
        Console.WriteLine(Ready);
        while (true)
        {
            var now = DateTime.UtcNow;
            try
            {
                await Task.WhenAll(Enumerable.Range(0, users).Select(number =>
                    grains.GetGrain<IUserGrain>(UserId(number)).ReceiveReminder("check", new(now, pause, now))));
            }
            catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
            {
                // A busy machine; the next tick is a hint as good as this one.
            }

            await Task.Delay(pause);
        }
    }

    /// <summary>Enrols a user with its channels; false when this machine is so busy that a call took too long: what was done is done.</summary>
    static async Task<bool> TryPrepareAsync(IGrainFactory grains, int number, Uri receivers)
    {
        try
        {
            await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(Address(number))).EnrolAsync(UserId(number), new UserSettings
            {
                Email = Address(number),
                FrequencyMinutes = 2,
                Searches = [new SearchSettings { Id = "s-00000001", Phrase = Phrase(number) }],
            });
            await HaveChannelsAsync(grains.GetGrain<IUserChannelsGrain>(UserId(number)), number, receivers);
            return true;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Adds the channels that are missing, waits until all have agreed, and says their ids.</summary>
    static async Task HaveChannelsAsync(IUserChannelsGrain user, int number, Uri receivers)
    {
        var there = await user.ListChannelsAsync() ?? [];
        foreach (var kind in Enum.GetValues<ChannelKind>().Where(kind => !there.Any(channel => channel.Kind == kind)))
        {
            var made = await user.AddChannelAsync(SettingsOf(kind, number, receivers));
            if (made.Channel is null)
                throw new InvalidOperationException($"{kind}: {made.Outcome}");
        }

        while ((there = await user.ListChannelsAsync() ?? []).FirstOrDefault(channel => channel.State is not ChannelState.Active) is { } waiting)
        {
            if (waiting.StartUrl is { } start)
                await user.ConfirmChannelAsync(channelId: null, start.Split('_')[^1], new TelegramChat(number + 1, Name(number)));
            else
                await Task.Delay(pause);
        }

        lock (output)
            Array.ForEach(there, channel => Console.WriteLine($"{Channel} {channel.Kind} {number} {channel.Id}"));
    }

    static ChannelSettings SettingsOf(ChannelKind kind, int number, Uri receivers) => new()
    {
        Kind = kind,
        Url = kind is ChannelKind.Telegram ? null : ReceiversServer.UrlOf(receivers, Enum.Parse<ReceiverKind>(kind.ToString()), Name(number)),
        Secret = kind is ChannelKind.Webhook ? ReceiversServer.Secret : null,
        Keys = kind is ChannelKind.WebPush ? new PushKeys(PushBrowser.P256dh, PushBrowser.Auth) : null,
    };

    /// <summary>The parent ends this process; when it is gone, standard input ends.</summary>
    static async Task AgreeAsync(IGrainFactory grains, LinkTokens tokens)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is { } token)
        {
            if (await tokens.ReadAsync(token, LinkPurpose.Channel) is { } link)
                await grains.GetGrain<IUserChannelsGrain>(link.UserId).ConfirmChannelAsync(link.SearchId, link.Address!);
        }

        Environment.Exit(0);
    }
}
