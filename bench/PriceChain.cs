using System.Globalization;
using System.Text.RegularExpressions;
using Alerts.Demo.Mailbox;

namespace Alerts.Bench;

/// <summary>What one user was told of the one price that falls, from the user's mails in their order.</summary>
/// <param name="Told">The price told last.</param>
/// <param name="Gaps">Mails that begin below what was told before: the fall in between was lost.</param>
/// <param name="Repeated">Mails whose news the mail after them told again, under the same Message-ID or merged into later news.</param>
sealed partial record PriceChain(decimal? Told, int Gaps, IReadOnlyList<ReceivedMail> Repeated)
{
    public static PriceChain Of(IEnumerable<ReceivedMail> mails)
    {
        decimal? told = null;
        var gaps = 0;
        var repeated = new List<ReceivedMail>();
        var ids = new HashSet<string?>();
        ReceivedMail? before = null;
        foreach (var mail in mails)
        {
            var price = Price().Match(mail.TextBody!);
            var now = Amount(price.Groups[1]);
            decimal? was = price.Groups[2].Success ? Amount(price.Groups[2]) : null;
            if (!ids.Add(mail.MessageId) || (told is not null && (was is null || was > told)))
                repeated.Add(before!);
            else if (was < told)
                gaps++;
            told = told < now ? told : now;
            before = mail;
        }

        return new PriceChain(told, gaps, repeated);
    }

    static decimal Amount(Group group) => decimal.Parse(group.Value, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^  \$([\d,.]+)(?: \(was \$([\d,.]+)\))?", RegexOptions.Multiline)]
    private static partial Regex Price();
}
