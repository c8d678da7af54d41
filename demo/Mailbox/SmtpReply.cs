using System.Text;

namespace Alerts.Demo.Mailbox;

/// <summary>The replies of the SMTP server as bytes on the wire.</summary>
static class SmtpReply
{
    public static readonly byte[] Ok = Line("250 2.0.0 Ok");
    public static readonly byte[] SenderOk = Line("250 2.1.0 Ok");
    public static readonly byte[] RecipientOk = Line("250 2.1.5 Ok");
    public static readonly byte[] StartInput = Line("354 End data with <CR><LF>.<CR><LF>");
    public static readonly byte[] Accepted = Line("250 2.0.0 Ok: kept");
    public static readonly byte[] Bye = Line("221 2.0.0 Bye");
    public static readonly byte[] Help = Line("214 2.0.0 RFC 5321");
    public static readonly byte[] CannotVerify = Line("252 2.1.5 Send mail and see");
    public static readonly byte[] ReadyForTls = Line("220 2.0.0 Ready to start TLS");
    public static readonly byte[] AskUser = Line("334 VXNlcm5hbWU6");
    public static readonly byte[] AskPassword = Line("334 UGFzc3dvcmQ6");
    public static readonly byte[] AskPlain = Line("334 ");
    public static readonly byte[] Authenticated = Line("235 2.7.0 Authentication succeeded");

    public static readonly byte[] TooManyConnections = Line("421 4.7.0 Too many connections");
    public static readonly byte[] Idle = Line("421 4.4.2 Idle for too long");
    public static readonly byte[] TooMuchInput = Line("421 4.7.0 Too much input");
    public static readonly byte[] TooManyErrors = Line("421 4.7.0 Too many errors");
    public static readonly byte[] TooManyRecipients = Line("452 4.5.3 Too many recipients");

    public static readonly byte[] LineTooLong = Line("500 5.5.2 Line too long");
    public static readonly byte[] UnknownCommand = Line("500 5.5.1 Unknown command");
    public static readonly byte[] BadLine = Line("500 5.5.2 A command is one line of text that ends in CRLF");
    public static readonly byte[] BadArguments = Line("501 5.5.4 Bad arguments");
    public static readonly byte[] BadBase64 = Line("501 5.5.2 Not base64");
    public static readonly byte[] AuthenticationCancelled = Line("501 5.7.0 Authentication cancelled");
    public static readonly byte[] BadSequence = Line("503 5.5.1 Bad sequence of commands");
    public static readonly byte[] NotOffered = Line("502 5.5.1 Not offered");
    public static readonly byte[] UnknownMechanism = Line("504 5.5.4 Mechanism not offered");
    public static readonly byte[] AuthenticationRequired = Line("530 5.7.0 Authentication required");
    public static readonly byte[] WrongCredentials = Line("535 5.7.8 Wrong user name or password");
    public static readonly byte[] BareNewline = Line("550 5.5.2 Message contains a bare CR or LF");
    public static readonly byte[] MessageTooLarge = Line("552 5.3.4 Message too large");
    public static readonly byte[] NoRecipients = Line("554 5.5.1 No valid recipients");
    public static readonly byte[] TextLineTooLong = Line("554 5.6.0 A line is longer than 998 bytes");
    public static readonly byte[] BadSender = Line("501 5.1.7 Bad sender address");
    public static readonly byte[] BadRecipient = Line("501 5.1.3 Bad recipient address");
    public static readonly byte[] NeedsSmtpUtf8 = Line("553 5.6.7 An address that is not ASCII needs SMTPUTF8");
    public static readonly byte[] UnknownParameter = Line("555 5.5.4 Unknown parameter");
    public static readonly byte[] ParameterValue = Line("501 5.5.4 Bad parameter value");

    /// <summary>What a server with a broken head might send.</summary>
    public static readonly byte[] Garbage = Line("\u00ff\u0001 HTTP/1.1 200 fine ???");

    public static byte[] Line(string text) => Encoding.Latin1.GetBytes(text + "\r\n");
}
