using System.Globalization;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;

namespace Alerts.Bench;

/// <summary>
/// Marketplace and mailbox in a process of their own, so that what the product costs can be told from what they cost.
/// They are no bottleneck: the marketplace's world stands still and its answers are kept, the mailbox forgets every mail.
/// </summary>
static class SinksNode
{
    const string Ready = "sinks ready:";

    public static readonly Benchmark Listed = new("sinks", "marketplace and mailbox for other benchmarks; not to be run by hand", RunAsync);

    /// <summary>Starts it; its address of the marketplace and its SMTP port.</summary>
    public static async Task<(ChildProcess Process, string Marketplace, string SmtpPort)> StartAsync(CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start("dotnet", [typeof(SinksNode).Assembly.Location, Listed.Name]);
        var said = (await process.SaysAsync(Ready, cancellationToken)).Split(' ');
        return (process, said[^2], said[^1]);
    }

    static async Task<int> RunAsync(string[] args)
    {
        await using var marketplace = await MarketplaceServer.StartAsync(
            new MarketplaceOptions { ListingsPerQuery = 20, DailyCallLimit = 100_000_000, PriceChangePeriod = TimeSpan.FromDays(365) }, TimeProvider.System);
        await using var mailbox = await MailboxServer.StartAsync(new MailboxOptions { MaxKeptMails = 0 }, TimeProvider.System);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Ready} {marketplace.BaseUrl} {mailbox.SmtpPort}"));
        await Task.Delay(Timeout.Infinite); // The parent kills it, at its own end at the latest.
        return 0;
    }
}
