using System.Globalization;
using Alerts.Demo;
using Alerts.Demo.Loopback;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Silo.Databases;
using Alerts.Silo.Health;

if (args is ["health", ..])
    return await HealthCommand.RunAsync(args[1..]);
if (args is ["--help" or "-h"])
{
    Console.WriteLine(DemoArguments.Usage);
    return 0;
}

if (DemoArguments.FaultOf(args) is { } fault)
    return Refuse($"{fault}\n{DemoArguments.Usage}");

var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args, DemoArguments.Settings).Build();
var period = settings["Demo:Period"] ?? "2m";
if (DemoPeriod.Parse(period) is not { } reminderPeriod)
    return Refuse($"--period {period} is not a period: write 30s, 1m or 2m, from 5 seconds to 1 hour.");
if (!int.TryParse(settings["Demo:Listings"] ?? "60", NumberStyles.None, CultureInfo.InvariantCulture, out var listings) || listings > 20_000)
    return Refuse($"--listings {settings["Demo:Listings"]} is not a number from 0 to 20000.");
if (!double.TryParse(settings["Demo:Pace"] ?? "480", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pace) || pace is <= 0 or > 480)
    return Refuse($"--pace {settings["Demo:Pace"]} is not a number over 0, at most 480.");
if (DemoPeriod.Span(settings["Demo:Late"] ?? "15m") is not { } late || late < TimeSpan.FromMinutes(15) || late > TimeSpan.FromDays(1))
    return Refuse($"--late {settings["Demo:Late"]} is not a time from 15m to 24h.");
if (settings["Demo:Samples"] is { } samples && !Directory.Exists(samples))
    return Refuse($"--samples {samples} is not a folder.");

// The day's calls go with the period, as all else does: at thirty seconds there are four times as many.
var dailyCalls = (int)(MarketplaceOptions.EbayDailyCalls * (DemoPeriod.Standard / reminderPeriod));
var marketplace = new MarketplaceOptions
{
    Port = Port("MarketplacePort", 5081), SamplesDirectory = settings["Demo:Samples"], PriceChangePeriod = reminderPeriod, DailyCallLimit = dailyCalls,
    ListingsPerQuery = listings, Pace = pace, MaxIndexDelay = late,
};
var mailbox = new MailboxOptions { PagePort = Port("MailboxPort", 5082), SmtpPort = Port("SmtpPort", 2525), Hint = DemoBanner.Enrol(Port("GatewayPort", 5080)) };

try
{
    if (args is ["sinks", ..])
        return await SinksCommand.RunAsync(marketplace, mailbox, settings["Demo:BindAddress"]);

    await using var demo = await DemoApp.StartAsync(new DemoOptions
    {
        GatewayPort = Port("GatewayPort", 5080),
        ReceiversPort = Port("ReceiversPort", 5083),
        DataDirectory = settings["Demo:Data"] ?? Path.Combine("data", "demo"),
        Marketplace = marketplace,
        Mailbox = mailbox,
        Settings = new Dictionary<string, string?>
        {
            ["Alerts:ReminderPeriod"] = reminderPeriod.ToString("c", CultureInfo.InvariantCulture),
            ["Alerts:Ebay:DailyCallBudget"] = settings["Alerts:Ebay:DailyCallBudget"] ?? dailyCalls.ToString(CultureInfo.InvariantCulture),
            ["Logging:LogLevel:Default"] = settings["Logging:LogLevel:Default"] ?? "Warning",
            // Of no use here: it warns of every period under a minute; and at its start, of the time since the computer's.
            ["Logging:LogLevel:Orleans.Hosting.ReminderOptionsValidator"] = "Error",
            ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
            // What keeps it from starting is said below, in one line.
            ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "None",
        },
    });
    DemoBanner.Print(Console.Out, demo, reminderPeriod);
    await demo.Gateway.WaitForShutdownAsync();
    return 0;
}
catch (Exception obstacle) when (obstacle is PortInUseException or DataDirectoryException)
{
    Console.Error.WriteLine(obstacle.Message);
    return 1;
}

int Port(string name, int standard) => settings.GetValue($"Demo:{name}", standard);

static int Refuse(string reason)
{
    Console.Error.WriteLine(reason);
    return 2;
}
