using System.Globalization;
using Alerts.Configuration;
using Alerts.Settings;
using Alerts.Silo;
using Alerts.Users;
using Alerts.Users.Addresses;

namespace Alerts.Bench;

/// <summary>
/// The process that <see cref="CrashBenchmark"/> kills: a silo as <c>src/Silo</c> runs it, which enrols its users when they are not there
/// yet and then ticks them all, again and again, as fast as their checks come due. Settings come by environment.
/// </summary>
static class CrashNode
{
    public const string Ready = "crash node is ready";

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(200);

    public static readonly Benchmark Listed = new("crash-node", "the process that crash kills; not to be run by hand", RunAsync);

    public static string UserId(int number) => string.Create(CultureInfo.InvariantCulture, $"u-{number:x32}");

    public static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org");

    public static string Phrase(int number) => string.Create(CultureInfo.InvariantCulture, $"thing {number % CrashBenchmark.Phrases}");

    static async Task<int> RunAsync(string[] args)
    {
        var users = int.Parse(args[0], CultureInfo.InvariantCulture);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddAlertsSilo();
        await using var app = builder.Build();
        if (!app.HasValidSettings(Console.Error))
            return 1;
        await app.StartAsync();
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        await Parallel.ForEachAsync(Enumerable.Range(0, users), async (number, _) =>
            await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(Address(number))).EnrolAsync(UserId(number), new UserSettings
            {
                Email = Address(number),
                FrequencyMinutes = 2,
                Searches = [new SearchSettings { Id = "s-00000001", Phrase = Phrase(number) }],
            }));
        Console.WriteLine(Ready);
        // The parent ends this process; when it is gone, standard input ends.
        _ = Task.Run(async () =>
        {
            await Console.In.ReadLineAsync();
            Environment.Exit(0);
        });
        while (true)
        {
            var now = DateTime.UtcNow;
            await Task.WhenAll(Enumerable.Range(0, users).Select(number =>
                grains.GetGrain<IUserGrain>(UserId(number)).ReceiveReminder("check", new(now, pause, now))));
            await Task.Delay(pause);
        }
    }
}
