using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Alerts.Configuration;
using Alerts.Demo.Loopback;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Receivers;
using Alerts.Gateway;

namespace Alerts.Demo;

/// <summary>
/// The whole product in one process: the gateway with its silo, as <c>src/Gateway</c> runs it, between the demo marketplace and
/// the demo mailbox. <c>dotnet run --project demo</c>, the tests and the benchmarks all start this.
/// </summary>
public sealed class DemoApp : IAsyncDisposable
{
    readonly DemoOptions options;
    readonly Action<WebApplicationBuilder>? configure;

    DemoApp(
        DemoOptions options, Action<WebApplicationBuilder>? configure, MarketplaceServer marketplace, MailboxServer mailbox, ReceiversServer receivers)
    {
        this.options = options;
        this.configure = configure;
        Marketplace = marketplace;
        Mailbox = mailbox;
        Receivers = receivers;
    }

    /// <summary>The eBay sandbox.</summary>
    public MarketplaceServer Marketplace { get; }

    /// <summary>Where every mail ends up.</summary>
    public MailboxServer Mailbox { get; }

    /// <summary>Where every message to a channel ends up.</summary>
    public ReceiversServer Receivers { get; }

    /// <summary>The gateway, started.</summary>
    public WebApplication Gateway { get; private set; } = null!;

    /// <summary>The gateway's address.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Folder of the SQLite files.</summary>
    public string DataDirectory => options.DataDirectory;

    /// <summary>Starts all of it.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="configure">A last word on the gateway's services, for a test's clock.</param>
    /// <param name="clock">The clock of marketplace, mailbox and receivers; default the system's.</param>
    /// <exception cref="PortInUseException">A port is taken; the message names the setting that moves it.</exception>
    public static async Task<DemoApp> StartAsync(DemoOptions options, Action<WebApplicationBuilder>? configure = null, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        var reserved = LoopbackPort.Bind(options.GatewayPort, "Demo__GatewayPort");
        var marketplace = await MarketplaceServer.StartAsync(options.Marketplace, clock);
        MailboxServer? mailbox = null;
        ReceiversServer? receivers = null;
        try
        {
            mailbox = await MailboxServer.StartAsync(options.Mailbox, clock);
            receivers = await ReceiversServer.StartAsync(options.ReceiversPort, clock);
            var demo = new DemoApp(options, configure, marketplace, mailbox, receivers);
            await demo.StartGatewayAsync(reserved);
            return demo;
        }
        catch
        {
            if (receivers is not null)
                await receivers.DisposeAsync();
            if (mailbox is not null)
                await mailbox.DisposeAsync();
            await marketplace.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the gateway and starts it anew on the same files and port, while marketplace and mailbox stay as they are.</summary>
    public async Task RestartGatewayAsync()
    {
        await StopGatewayAsync();
        await StartGatewayAsync(LoopbackPort.Bind(Address.Port, "Demo__GatewayPort"));
    }

    /// <param name="reserved">What the gateway listens on; its own from here on, since a port given back for a moment may be taken by another.</param>
    async Task StartGatewayAsync(Socket reserved)
    {
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Of(reserved)}"));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(GatewayHosting).Assembly.GetName().Name });
        builder.WebHost.UseUrls(Address.ToString()).UseSockets(sockets => sockets.CreateBoundListenSocket = _ => reserved);
        builder.Configuration.AddInMemoryCollection(Settings(options, Address, Marketplace, Mailbox, Receivers)).AddInMemoryCollection(options.Settings);
        builder.AddAlertsGateway();
        configure?.Invoke(builder);
        Gateway = builder.Build();
        try
        {
            Gateway.UseAlertsGateway();
            await Gateway.StartAsync();
        }
        catch
        {
            await Gateway.DisposeAsync();
            reserved.Dispose();
            throw;
        }
    }

    async Task StopGatewayAsync()
    {
        await Gateway.StopAsync();
        await Gateway.DisposeAsync();
    }

    static Dictionary<string, string?> Settings(
        DemoOptions options, Uri address, MarketplaceServer marketplace, MailboxServer mailbox, ReceiversServer receivers) => new()
    {
        ["Alerts:Mode"] = nameof(AlertsMode.Embedded),
        ["Alerts:DataDirectory"] = options.DataDirectory,
        ["Alerts:PublicUrl"] = address.ToString().TrimEnd('/'),
        ["Alerts:Confirmation"] = nameof(ConfirmationMode.Off),
        ["Alerts:ApiKeys:0"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DemoOptions.ApiKey))),
        ["Alerts:Ebay:BaseUrl"] = marketplace.BaseUrl.ToString(),
        ["Alerts:Ebay:ClientId"] = options.Marketplace.ClientId,
        ["Alerts:Ebay:ClientSecret"] = options.Marketplace.ClientSecret,
        ["Alerts:Channels:AllowLoopback"] = "true",
        ["Alerts:Channels:WebPushKey"] = DemoOptions.WebPushKey,
        ["Alerts:Channels:TelegramUrl"] = receivers.BaseUrl.ToString(),
        ["Alerts:Channels:TelegramToken"] = ReceiversServer.BotToken,
        ["Alerts:Channels:TelegramName"] = ReceiversServer.BotName,
        ["Alerts:Email:Host"] = "127.0.0.1",
        ["Alerts:Email:Port"] = mailbox.SmtpPort.ToString(CultureInfo.InvariantCulture),
        ["Alerts:Email:Security"] = "None",
        ["Alerts:Pages:MailboxUrl"] = mailbox.PageUrl.ToString(),
        ["Alerts:Email:From"] = "Alerts <alerts@demo.example>",
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopGatewayAsync();
        await Receivers.DisposeAsync();
        await Mailbox.DisposeAsync();
        await Marketplace.DisposeAsync();
    }
}
