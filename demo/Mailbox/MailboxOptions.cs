using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Alerts.Demo.Mailbox;

/// <summary>What a mailbox listens on, asks for, keeps and refuses.</summary>
public sealed record MailboxOptions
{
    /// <summary>SMTP port on 127.0.0.1; 0 (default) takes a free one.</summary>
    public int SmtpPort { get; init; }

    /// <summary>Port of the page on 127.0.0.1; 0 (default) takes a free one.</summary>
    public int PagePort { get; init; }

    /// <summary>The address to listen on; null (default): 127.0.0.1. Another one is for a container, whose network is its own.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The setting that moves <see cref="SmtpPort"/>, named when the port is taken.</summary>
    public string SmtpPortSetting { get; init; } = "Demo__SmtpPort";

    /// <summary>The setting that moves <see cref="PagePort"/>, named when the port is taken.</summary>
    public string PagePortSetting { get; init; } = "Demo__MailboxPort";

    /// <summary>The name the server greets with.</summary>
    public string HostName { get; init; } = "mailbox.localhost";

    /// <summary>What the page says to do while there is no mail, such as a command to try; one or more lines of text.</summary>
    public string? Hint { get; init; }

    /// <summary>Longest message in bytes, announced as SIZE; a longer one gets 552. Default 10 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>How many mails are kept, the oldest go first; 0 keeps none and only counts. Default 5,000.</summary>
    public int MaxKeptMails { get; init; } = 5_000;

    /// <summary>How many bytes of mail are kept, the oldest go first. Default 256 MiB.</summary>
    public long MaxKeptBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Connections at once; one more is greeted with 421 and closed. Default 200.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Recipients of one mail; one more gets 452. Default 100.</summary>
    public int MaxRecipients { get; init; } = 100;

    /// <summary>A connection silent for this long on the server's clock gets 421 and is closed. Default five minutes (RFC 5321 4.5.3.2.7).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The only user AUTH lets in; null (default) lets any name and password in.</summary>
    public string? User { get; init; }

    /// <summary>The password of <see cref="User"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Whether MAIL FROM is refused with 530 before AUTH. Default false.</summary>
    public bool RequireAuthentication { get; init; }

    /// <summary>The server's certificate; STARTTLS is offered only with one. It stays its owner's to dispose.</summary>
    public X509Certificate2? Certificate { get; init; }
}
