using MimeKit;
using MimeKit.Cryptography;

namespace Alerts.Mail.Compose;

/// <summary>Signs mails (DKIM, RFC 6376), the unsubscribe headers included as RFC 8058 asks. Safe for concurrent use.</summary>
sealed class DkimSignature(DkimSigner signer)
{
    static readonly HeaderId[] signedHeaders =
    [
        HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.References, HeaderId.MimeVersion,
        HeaderId.ContentType, HeaderId.ListId, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost, HeaderId.AutoSubmitted,
    ];

    /// <summary>The signature of the settings; null when they name no key.</summary>
    public static DkimSignature? From(MailOptions options, string senderDomain) => options.DkimKeyFile is null
        ? null
        : new DkimSignature(new DkimSigner(options.DkimKeyFile, options.DkimDomain ?? senderDomain, options.DkimSelector!)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        });

    /// <summary>Signs a mail, whose body is in seven bits already, so that no server on the way has to change it.</summary>
    public void Sign(MimeMessage message)
    {
        // The Content-Type is among the body's headers; unsigned, another boundary would make another mail of the same bytes.
        signer.Sign(message, [.. signedHeaders.Where(header => message.Headers.Contains(header) || message.Body!.Headers.Contains(header))]);
    }
}
