using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Alerts.Demo.Loopback;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Gateway;

namespace Alerts.Demo;

/// <summary>
/// The whole product in one process: the gateway with its silo, as <c>src/Gateway</c> runs it, between the demo marketplace and
/// the demo mailbox. <c>dotnet run --project demo</c>, the tests and the benchmarks all start this.
/// </summary>
public sealed class DemoApp : IAsyncDisposable
{
    DemoApp(MarketplaceServer marketplace, MailboxServer mailbox, WebApplication gateway, Uri address, string dataDirectory)
    {
        Marketplace = marketplace;
        Mailbox = mailbox;
        Gateway = gateway;
        Address = address;
        DataDirectory = dataDirectory;
    }

    /// <summary>The eBay sandbox.</summary>
    public MarketplaceServer Marketplace { get; }

    /// <summary>Where every mail ends up.</summary>
    public MailboxServer Mailbox { get; }

    /// <summary>The gateway, started.</summary>
    public WebApplication Gateway { get; }

    /// <summary>The gateway's address.</summary>
    public Uri Address { get; }

    /// <summary>Folder of the SQLite files.</summary>
    public string DataDirectory { get; }

    /// <summary>Starts all three.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="configure">A last word on the gateway's services, for a test's clock.</param>
    /// <param name="clock">The clock of marketplace and mailbox; default the system's.</param>
    /// <exception cref="PortInUseException">A port is taken; the message names the setting that moves it.</exception>
    public static async Task<DemoApp> StartAsync(DemoOptions options, Action<WebApplicationBuilder>? configure = null, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        using var reserved = LoopbackPort.Bind(options.GatewayPort, "Demo__GatewayPort");
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Of(reserved)}"));
        var marketplace = await MarketplaceServer.StartAsync(options.Marketplace, clock);
        MailboxServer? mailbox = null;
        WebApplication? gateway = null;
        try
        {
            mailbox = await MailboxServer.StartAsync(options.Mailbox, clock);
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(GatewayHosting).Assembly.GetName().Name });
            builder.WebHost.UseUrls(address.ToString());
            builder.Configuration.AddInMemoryCollection(Settings(options, address, marketplace, mailbox)).AddInMemoryCollection(options.Settings);
            builder.AddAlertsGateway();
            configure?.Invoke(builder);
            gateway = builder.Build();
            gateway.UseAlertsGateway();
            reserved.Dispose();
            await gateway.StartAsync();
            return new DemoApp(marketplace, mailbox, gateway, address, options.DataDirectory);
        }
        catch
        {
            if (gateway is not null)
                await gateway.DisposeAsync();
            if (mailbox is not null)
                await mailbox.DisposeAsync();
            await marketplace.DisposeAsync();
            throw;
        }
    }

    static Dictionary<string, string?> Settings(DemoOptions options, Uri address, MarketplaceServer marketplace, MailboxServer mailbox) => new()
    {
        ["Alerts:Mode"] = nameof(AlertsMode.Embedded),
        ["Alerts:DataDirectory"] = options.DataDirectory,
        ["Alerts:PublicUrl"] = address.ToString().TrimEnd('/'),
        ["Alerts:Confirmation"] = nameof(ConfirmationMode.Off),
        ["Alerts:ApiKeys:0"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DemoOptions.ApiKey))),
        ["Alerts:Ebay:BaseUrl"] = marketplace.BaseUrl.ToString(),
        ["Alerts:Ebay:ClientId"] = options.Marketplace.ClientId,
        ["Alerts:Ebay:ClientSecret"] = options.Marketplace.ClientSecret,
        ["Alerts:Email:Host"] = "127.0.0.1",
        ["Alerts:Email:Port"] = mailbox.SmtpPort.ToString(CultureInfo.InvariantCulture),
        ["Alerts:Email:Security"] = "None",
        ["Alerts:Email:From"] = "Alerts <alerts@demo.example>",
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Gateway.StopAsync();
        await Gateway.DisposeAsync();
        await Mailbox.DisposeAsync();
        await Marketplace.DisposeAsync();
    }
}
