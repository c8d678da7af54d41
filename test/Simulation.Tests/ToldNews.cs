using System.Globalization;
using System.Text.RegularExpressions;
using Alerts.Demo.Mailbox;

namespace Alerts.Simulations;

/// <summary>What the mails told, as their readers read it.</summary>
sealed partial class ToldNews(MailboxServer mailbox)
{
    readonly Dictionary<(string Address, string Title), List<(decimal Price, DateTimeOffset At)>> told = [];
    readonly HashSet<string> mailIds = [];

    /// <summary>Everything told so far.</summary>
    public int Count => told.Values.Sum(prices => prices.Count);

    /// <summary>The prices of a thing that a person was told, and when.</summary>
    public IReadOnlyList<(decimal Price, DateTimeOffset At)> Of(string address, string title) => told.TryGetValue((address, title), out var prices) ? prices : [];

    /// <summary>Takes the mails that came since the last time out of the mailbox, while none is on its way. No mail comes twice.</summary>
    public IReadOnlyList<(string Address, DateTimeOffset At, string Title, decimal Price)> Read()
    {
        var news = new List<(string Address, DateTimeOffset At, string Title, decimal Price)>();
        var mails = mailbox.Mails;
        mailbox.Clear();
        foreach (var mail in mails)
        {
            var address = Assert.Single(mail.Recipients);
            Assert.True(mailIds.Add(mail.MessageId!), $"Mail {mail.MessageId} came twice.");
            foreach (Match item in Item().Matches(mail.TextBody!))
            {
                var title = item.Groups["title"].Value;
                var price = decimal.Parse(item.Groups["price"].Value, CultureInfo.InvariantCulture);
                if (!told.TryGetValue((address, title), out var before))
                    told[(address, title)] = before = [];
                before.Add((price, mail.ReceivedAt));
                news.Add((address, mail.ReceivedAt, title, price));
            }
        }

        return news;
    }

    [GeneratedRegex(@"^\* (?:\[[^]]*\] )?(?<title>Thing \d+)\r?\n  \$(?<price>[\d,.]+)", RegexOptions.Multiline)]
    private static partial Regex Item();
}
