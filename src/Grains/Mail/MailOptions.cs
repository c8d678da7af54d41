using Alerts.Mail.Smtp;

namespace Alerts.Mail;

/// <summary>The SMTP server and its limits, section <c>Alerts:Email</c>. All limits are per process.</summary>
public sealed class MailOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Email";

    /// <summary>Name or address of the SMTP server.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port, 1 to 65535; default by <see cref="Security"/>: 25, 587 or 465.</summary>
    public int? Port { get; set; }

    /// <summary>None, StartTls or Tls.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>
    /// PEM file of a certificate to trust in addition to the system's, such as a private authority's; absent: only the system's.
    /// </summary>
    public string? TrustedCertificateFile { get; set; }

    /// <summary>
    /// User name for AUTH; absent: no authentication. Needs <see cref="Password"/>, and a protected connection unless the server is on this
    /// machine.
    /// </summary>
    public string? User { get; set; }

    /// <summary>Password for AUTH.</summary>
    public string? Password { get; set; }

    /// <summary>The sender, <c>Product alerts &lt;alerts@example.org&gt;</c>. Its domain names the mails (Message-ID, List-Id).</summary>
    public string From { get; set; } = "";

    /// <summary>
    /// The most connections kept open, 1 to 64. Each sends one mail at a time, and the next when the delivery log has recorded the last.
    /// </summary>
    public int Connections { get; set; } = 8;

    /// <summary>The most mails over one connection before a new one replaces it; 1 to 100,000.</summary>
    public int MailsPerConnection { get; set; } = 1_000;

    /// <summary>The most mails that wait for a connection; a further one is deferred at once. 1 to 100,000.</summary>
    public int QueueLimit { get; set; } = 2_000;

    /// <summary>
    /// The longest wait of a mail for a connection and for its turn under the rates, before it is deferred; 1 s to 5 min.
    /// </summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time to connect, greet and authenticate; 1 s to 5 min.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time from MAIL FROM to the answer after the final dot; 1 s to 15 min (RFC 5321, 4.5.3.2 allows more).</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A connection unused for longer is tested with NOOP before its next mail; 1 s to 5 min.</summary>
    public TimeSpan ProbeAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection unused for longer is closed; 1 s to 1 h.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Mails per second to all domains, 0.01 to 100,000; absent: no limit. A second's worth may go at once.</summary>
    public double? MailsPerSecond { get; set; }

    /// <summary>Mails per second to one domain, 0.01 to 100,000; absent: no limit. A second's worth may go at once.</summary>
    public double? MailsPerSecondPerDomain { get; set; }

    /// <summary>
    /// How long the delivery log keeps a mail, for the user's history and for a resend after a crash: 7 to 3,650 days. A cluster that was
    /// down for longer may send mails of its users' outboxes again.
    /// </summary>
    public TimeSpan KeepDeliveryLog { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// PEM file with the private key that signs mails (RSA of at least 1,024 bits, or Ed25519); absent: no DKIM signature.
    /// </summary>
    public string? DkimKeyFile { get; set; }

    /// <summary>DKIM selector; needed with <see cref="DkimKeyFile"/>.</summary>
    public string? DkimSelector { get; set; }

    /// <summary>DKIM domain; by default the domain of <see cref="From"/>, because DMARC requires the two to match.</summary>
    public string? DkimDomain { get; set; }
}
