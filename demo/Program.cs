using System.Globalization;
using Alerts.Demo;
using Alerts.Demo.Loopback;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Silo.Health;

if (args is ["health", ..])
    return await HealthCommand.RunAsync(args[1..]);

var settings = new ConfigurationBuilder()
    .AddEnvironmentVariables()
    .AddCommandLine(args, new Dictionary<string, string> { ["--period"] = "Demo:Period", ["--samples"] = "Demo:Samples", ["--data"] = "Demo:Data" })
    .Build();
var period = settings["Demo:Period"] ?? "2m";
if (DemoPeriod.Parse(period) is not { } reminderPeriod)
{
    Console.Error.WriteLine($"--period {period} is not a period: write 30s, 1m or 2m, from 5 seconds to 1 hour.");
    return 2;
}

int Port(string name, int standard) => settings.GetValue($"Demo:{name}", standard);

var marketplace = new MarketplaceOptions { Port = Port("MarketplacePort", 5081), SamplesDirectory = settings["Demo:Samples"], PriceChangePeriod = reminderPeriod };
var mailbox = new MailboxOptions { PagePort = Port("MailboxPort", 5082), SmtpPort = Port("SmtpPort", 2525), Hint = DemoBanner.Enrol(Port("GatewayPort", 5080)) };

try
{
    if (args is ["sinks", ..])
        return await SinksCommand.RunAsync(marketplace, mailbox, settings["Demo:BindAddress"]);

    await using var demo = await DemoApp.StartAsync(new DemoOptions
    {
        GatewayPort = Port("GatewayPort", 5080),
        DataDirectory = settings["Demo:Data"] ?? Path.Combine("data", "demo"),
        Marketplace = marketplace,
        Mailbox = mailbox,
        Settings = new Dictionary<string, string?>
        {
            ["Alerts:ReminderPeriod"] = reminderPeriod.ToString("c", CultureInfo.InvariantCulture),
            ["Logging:LogLevel:Default"] = settings["Logging:LogLevel:Default"] ?? "Warning",
        },
    });
    DemoBanner.Print(Console.Out, demo, reminderPeriod);
    await demo.Gateway.WaitForShutdownAsync();
    return 0;
}
catch (PortInUseException taken)
{
    Console.Error.WriteLine(taken.Message);
    return 1;
}
