using System.Net.Sockets;
using System.Text;
using Alerts.Outbox;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Alerts.Mail.Smtp;

/// <summary>One kept connection to the SMTP server. Not safe for concurrent use.</summary>
sealed class SmtpConnection(MailOptions options, TimeProvider clock) : IDisposable
{
    readonly Conversation client = new(TrustedCertificate.Of(options))
    {
        // As mail servers do among themselves: an unavailable revocation list must not stop mails.
        CheckCertificateRevocation = false,
    };

    int mails;
    long lastUse;
    bool isCutShort;

    /// <summary>Whether nothing more can be sent: the server closed the connection, was silent, or did not speak SMTP.</summary>
    public bool IsBroken => isCutShort || !client.IsConnected;

    /// <summary>Whether it has carried as many mails as one connection may.</summary>
    public bool IsWornOut => mails >= options.MailsPerConnection;

    public bool HasUtf8 { get; private set; }

    /// <summary>The time since the last mail.</summary>
    public TimeSpan Idle => clock.GetElapsedTime(lastUse);

    /// <summary>Whether the server accepted the recipient of the last mail. From then on it may have accepted the mail.</summary>
    public bool MayHaveTakenTheMail => client.RecipientTaken;

    /// <summary>Connects, protects the connection as configured, and authenticates.</summary>
    /// <param name="withUtf8">
    /// Whether SMTPUTF8 (RFC 6531) may be used. MailKit uses it also for a domain outside ASCII, where the domain's A-label would be
    /// enough.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task OpenAsync(bool withUtf8, CancellationToken cancellationToken)
    {
        var security = options.Security switch
        {
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        var port = options.Port ?? options.Security switch { SmtpSecurity.Tls => 465, SmtpSecurity.StartTls => 587, _ => 25 };
        // Without Nagle's algorithm: it delays the short end of each mail by some 40 ms, until the server's delayed acknowledgement.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, port, cancellationToken);
            await client.ConnectAsync(socket, options.Host, port, security, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (options.User is not null)
            await client.AuthenticateAsync(options.User, options.Password!, cancellationToken);
        HasUtf8 = withUtf8 && client.Capabilities.HasFlag(SmtpCapabilities.UTF8);
        if (!withUtf8)
            client.Capabilities &= ~SmtpCapabilities.UTF8;
        lastUse = clock.GetTimestamp();
    }

    /// <summary>Whether the server still answers. After any fault, including silence, a new connection replaces this one.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken);
            return client.IsConnected;
        }
        catch (Exception)
        {
            isCutShort = true;
            return false;
        }
    }

    /// <summary>Sends a mail and returns the result.</summary>
    /// <exception cref="OperationCanceledException">The server was silent for too long; the connection is broken.</exception>
    public async Task<DeliveryResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var recipient = message.To.Mailboxes.Single();
        client.RecipientTaken = false;
        var format = FormatOptions.Default;
        if (!Ascii.IsValid(recipient.LocalPart))
        {
            if (!HasUtf8)
                return new DeliveryResult.Refused("The mail server cannot send to addresses outside ASCII (no SMTPUTF8).",
                    AddressIsDead: false);
            format = format.Clone();
            format.International = true;
        }

        mails++;
        try
        {
            await client.SendAsync(format, message, cancellationToken);
            lastUse = clock.GetTimestamp();
            return new DeliveryResult.Accepted();
        }
        catch (SmtpCommandException answer)
        {
            lastUse = clock.GetTimestamp();
            return SmtpFault.ResultOf(answer, recipient);
        }
        catch (Exception fault)
        {
            isCutShort = true;
            if (fault is OperationCanceledException)
                throw;
            return SmtpFault.ResultOf(fault, recipient);
        }
    }

    /// <summary>Says QUIT to a server that still answers, and closes the connection.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: !isCutShort, cancellationToken);
        }
        catch (Exception)
        {
            // The connection is closed in any case.
        }

        Dispose();
    }

    public void Dispose() => client.Dispose();

    /// <summary>MailKit's client, which in addition remembers how far the SMTP dialogue got.</summary>
    sealed class Conversation : SmtpClient
    {
        public Conversation(TrustedCertificate? trusted)
        {
            if (trusted is not null)
                ServerCertificateValidationCallback = trusted.Accepts;
        }

        public bool RecipientTaken { get; set; }

        /// <summary>
        /// Unknown: to find the size, MailKit would write the message once more, a tenth of a mail's work. A server that finds a mail too
        /// large then says so after the mail instead of before. Ours are far below any server's limit.
        /// </summary>
        protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) =>
            Task.FromResult(-1L);

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            RecipientTaken = true;
    }
}
