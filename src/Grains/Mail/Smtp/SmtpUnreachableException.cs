namespace Alerts.Mail.Smtp;

/// <summary>No connection to the SMTP server could be made; the inner exception says why.</summary>
sealed class SmtpUnreachableException(Exception fault) : Exception("No connection to the mail server.", fault);
