using System.Text.RegularExpressions;
using Alerts.Outbox;

namespace Alerts.Mail.Smtp;

/// <summary>
/// Notices when the server refuses many recipients in the same words. Then the fault is ours or the server's, whatever the words say, and
/// mails wait instead of being given up. This ends when the server accepts a mail or answers differently. Safe for concurrent use.
/// </summary>
public sealed partial class AlikeRefusals
{
    /// <summary>This many different recipients in a row may be refused in the same words; with one more the fault counts as ours.</summary>
    public const int MaxRecipients = 3;

    readonly Lock gate = new();
    readonly HashSet<string> recipients = new(StringComparer.OrdinalIgnoreCase);
    string? words;

    /// <summary>The result after comparison with the refusals before it.</summary>
    public DeliveryResult Judge(DeliveryResult result, string recipient)
    {
        lock (gate)
        {
            if (result is DeliveryResult.Accepted)
                Begin(null);
            if (result is not DeliveryResult.Refused refused)
                return result;
            var said = Variable().Replace(refused.Reason, "");
            if (said != words)
                Begin(said);
            if (recipients.Count <= MaxRecipients)
                recipients.Add(recipient);
            return recipients.Count > MaxRecipients ? new DeliveryResult.Deferred(refused.Reason, DeferralCause.Sender) : result;
        }
    }

    void Begin(string? said)
    {
        words = said;
        recipients.Clear();
    }

    /// <summary>The parts that differ between refusals: addresses, and words with digits except the codes at the start.</summary>
    [GeneratedRegex(@"\S*\(address\)\S*|(?<=\D )\S*\d\S*")]
    private static partial Regex Variable();
}
