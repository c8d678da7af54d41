using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Alerts.Mail.Smtp;

/// <summary>One kept connection to the SMTP server. Sends one mail at a time; the pool sees to that.</summary>
sealed class SmtpConnection(MailOptions options, TimeProvider clock) : IDisposable
{
    readonly Conversation client = new(TrustedCertificate.Of(options))
    {
        // As mail servers among themselves do: whether an authority's revocation list can be had must not decide about mails.
        CheckCertificateRevocation = false,
    };

    int mails;
    long lastUse;

    /// <summary>True while the server has answered and has not hung up as far as is known.</summary>
    public bool IsOpen => client.IsConnected;

    /// <summary>True when it has carried as many mails as one connection may.</summary>
    public bool IsWornOut => mails >= options.MailsPerConnection;

    /// <summary>How long nothing was sent.</summary>
    public TimeSpan Idle => clock.GetElapsedTime(lastUse);

    /// <summary>True once the server took the recipient of the mail last sent: from then on it may have taken the mail.</summary>
    public bool MayHaveTakenTheMail => client.RecipientTaken;

    /// <summary>Connects, protects the connection as set, and authenticates.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var security = options.Security switch
        {
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        var port = options.Port ?? options.Security switch { SmtpSecurity.Tls => 465, SmtpSecurity.StartTls => 587, _ => 25 };
        // Without Nagle's algorithm: it holds back the short end of each mail until the server's delayed acknowledgement, some 40 ms.
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
        lastUse = clock.GetTimestamp();
    }

    /// <summary>Whether the server still answers.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken);
            return client.IsConnected;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong with it, a fresh connection takes its place.
            return false;
        }
    }

    /// <summary>Sends a mail; returns when the server has taken it.</summary>
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        client.RecipientTaken = false;
        mails++;
        var format = FormatOptions.Default;
        if (!System.Text.Ascii.IsValid(message.To.Mailboxes.Single().LocalPart) && client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            format = format.Clone();
            format.International = true;
        }

        await client.SendAsync(format, message, cancellationToken);
        lastUse = clock.GetTimestamp();
    }

    /// <summary>Whether the server can take a mail for this address: one outside ASCII before the @ needs SMTPUTF8 (RFC 6531).</summary>
    public bool CanSendTo(MailboxAddress recipient) =>
        System.Text.Ascii.IsValid(recipient.LocalPart) || client.Capabilities.HasFlag(SmtpCapabilities.UTF8);

    /// <summary>Says QUIT and closes; a server that does not answer is left.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception)
        {
            // The connection is given up either way.
        }

        Dispose();
    }

    public void Dispose() => client.Dispose();

    /// <summary>MailKit's client, which also says how far the conversation came.</summary>
    sealed class Conversation : SmtpClient
    {
        public Conversation(TrustedCertificate? trusted)
        {
            if (trusted is not null)
                ServerCertificateValidationCallback = trusted.Accepts;
        }

        public bool RecipientTaken { get; set; }

        /// <summary>
        /// Not known: to know it the message would be written once just for that, a tenth of the work of a mail. A server that finds a mail
        /// too large says so after it instead of before it; ours are far below what any takes.
        /// </summary>
        protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) => Task.FromResult(-1L);

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => RecipientTaken = true;
    }
}
