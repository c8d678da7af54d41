using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;

namespace Alerts.Demo;

/// <summary><c>sinks</c>: marketplace and mailbox alone, for a cluster of separate processes; <c>Demo__BindAddress</c> is for containers.</summary>
static class SinksCommand
{
    /// <summary>Runs until SIGTERM or Ctrl-C; 2 for an address that is none.</summary>
    public static async Task<int> RunAsync(MarketplaceOptions marketplaceOptions, MailboxOptions mailboxOptions, string? bindAddress)
    {
        IPAddress? address = null;
        if (bindAddress is not null && !IPAddress.TryParse(bindAddress, out address))
        {
            await Console.Error.WriteLineAsync($"Demo__BindAddress {bindAddress} is not an IP address.");
            return 2;
        }

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var marketplace = await MarketplaceServer.StartAsync(marketplaceOptions with { Address = address }, TimeProvider.System);
        await using var mailbox = await MailboxServer.StartAsync(mailboxOptions with { Address = address }, TimeProvider.System);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Marketplace at {marketplace.BaseUrl}, mailbox at {mailbox.PageUrl}, SMTP on port {mailbox.SmtpPort}."));
        await asked.Task;
        return 0;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true; // We end by ourselves, in order.
            asked.TrySetResult();
        }
    }
}
