namespace Alerts.Mail.Smtp;

/// <summary>How the connection to the SMTP server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Plain text; for a server on the same machine or in a closed network. Default port 25.</summary>
    None,

    /// <summary>TLS after STARTTLS (RFC 3207); a server that does not offer it gets no mail. Default port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314). Default port 465.</summary>
    Tls,
}
