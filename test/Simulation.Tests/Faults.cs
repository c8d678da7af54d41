using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;

namespace Alerts.Simulations;

/// <summary>What goes wrong outside the product. None of it makes a mail arrive whose arrival the product cannot know of.</summary>
static class Faults
{
    /// <summary>One fault of the marketplace, which strikes a few calls.</summary>
    public static MarketplaceFault AtMarketplace(Random random)
    {
        MarketplaceFaultKind[] kinds = [MarketplaceFaultKind.Unauthorized, MarketplaceFaultKind.TooManyRequests, MarketplaceFaultKind.ServerError, MarketplaceFaultKind.Warning, MarketplaceFaultKind.Malformed, MarketplaceFaultKind.Empty, MarketplaceFaultKind.Reset];
        var kind = kinds[random.Next(kinds.Length)];
        return new MarketplaceFault
        {
            Kind = kind,
            Times = random.Next(1, 8),
            RetryAfter = kind is MarketplaceFaultKind.TooManyRequests && random.Next(2) == 0 ? TimeSpan.FromSeconds(random.Next(1, 600)) : null,
        };
    }

    /// <summary>One fault of the mail server, which strikes a few mails.</summary>
    public static MailboxFault AtMailbox(Random random)
    {
        SmtpStage[] stages = [SmtpStage.Connect, SmtpStage.Hello, SmtpStage.Mail, SmtpStage.Rcpt, SmtpStage.Data, SmtpStage.AfterDot];
        var stage = stages[random.Next(stages.Length)];
        var fault = random.Next(4) == 0 ? MailboxFault.Drop(stage) : MailboxFault.Reply(stage, random.Next(2) == 0 ? 421 : 451, "4.3.2 not now");
        return fault with { Times = random.Next(1, 8) };
    }
}
