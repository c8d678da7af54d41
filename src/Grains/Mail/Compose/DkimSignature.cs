using MimeKit;
using MimeKit.Cryptography;

namespace Alerts.Mail.Compose;

/// <summary>Signs mails (DKIM, RFC 6376), including the unsubscribe headers as RFC 8058 requires. Safe for concurrent use.</summary>
sealed class DkimSignature(DkimSigner signer)
{
    static readonly HeaderId[] signedHeaders =
    [
        HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.References, HeaderId.MimeVersion,
        HeaderId.ContentType, HeaderId.ListId, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost, HeaderId.AutoSubmitted,
    ];

    /// <summary>The signature by the settings; null without a key.</summary>
    public static DkimSignature? From(MailOptions options, string senderDomain) => options.DkimKeyFile is null
        ? null
        : new DkimSignature(new DkimSigner(options.DkimKeyFile, options.DkimDomain ?? senderDomain, options.DkimSelector!)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        });

    /// <summary>Signs a mail. Its body is already seven-bit, so that no server on the way has to change it.</summary>
    public void Sign(MimeMessage message)
    {
        // Content-Type belongs to the body's headers. It must be signed: with another boundary the same bytes would be another mail.
        signer.Sign(message,
            [.. signedHeaders.Where(header => message.Headers.Contains(header) || message.Body!.Headers.Contains(header))]);
    }
}
