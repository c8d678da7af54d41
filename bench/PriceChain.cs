using System.Globalization;
using System.Text.RegularExpressions;
using Alerts.Demo.Mailbox;

namespace Alerts.Bench;

/// <summary>What one user was told of the one price that falls, from the user's mails in their order.</summary>
/// <param name="Told">The price told last.</param>
/// <param name="Gaps">Mails that begin below what was told before: the fall in between was lost.</param>
/// <param name="Repetitions">Mails that tell again what was told.</param>
/// <param name="SameId">Repetitions under a Message-ID that came before.</param>
sealed partial record PriceChain(decimal? Told, int Gaps, int Repetitions, int SameId)
{
    public static PriceChain Of(IEnumerable<ReceivedMail> mails)
    {
        var chain = new PriceChain(null, 0, 0, 0);
        var ids = new HashSet<string?>();
        foreach (var mail in mails)
        {
            var price = Price().Match(mail.TextBody!);
            var now = Amount(price.Groups[1]);
            decimal? was = price.Groups[2].Success ? Amount(price.Groups[2]) : null;
            var isKnown = !ids.Add(mail.MessageId);
            if (isKnown || (chain.Told is not null && (was is null || was > chain.Told)))
                chain = chain with { Repetitions = chain.Repetitions + 1, SameId = chain.SameId + (isKnown ? 1 : 0) };
            else if (was < chain.Told)
                chain = chain with { Gaps = chain.Gaps + 1 };
            chain = chain with { Told = chain.Told < now ? chain.Told : now };
        }

        return chain;
    }

    static decimal Amount(Group group) => decimal.Parse(group.Value, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^  \$([\d,.]+)(?: \(was \$([\d,.]+)\))?", RegexOptions.Multiline)]
    private static partial Regex Price();
}
