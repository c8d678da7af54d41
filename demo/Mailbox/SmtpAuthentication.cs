using System.Text;

namespace Alerts.Demo.Mailbox;

/// <summary>One AUTH exchange, PLAIN (RFC 4616) or LOGIN, after RFC 4954.</summary>
sealed class SmtpAuthentication(SmtpChannel channel, MailboxOptions options)
{
    /// <summary>Longest line of an exchange with its CRLF (RFC 4954 4).</summary>
    const int MaxLineBytes = 12_288;

    /// <summary>The final reply; null when the client is gone.</summary>
    public ValueTask<byte[]?> ExchangeAsync(string argument, CancellationToken cancellation)
    {
        var parts = argument.Split(' ', 2);
        var initial = parts.Length > 1 ? parts[1] : null;
        return parts[0].ToUpperInvariant() switch
        {
            "PLAIN" => PlainAsync(initial, cancellation),
            "LOGIN" => LoginAsync(initial, cancellation),
            "" => ValueTask.FromResult<byte[]?>(SmtpReply.BadArguments),
            _ => ValueTask.FromResult<byte[]?>(SmtpReply.UnknownMechanism),
        };
    }

    async ValueTask<byte[]?> PlainAsync(string? initial, CancellationToken cancellation)
    {
        var (text, refusal) = await AnswerAsync(initial, SmtpReply.AskPlain, cancellation);
        if (text is null)
            return refusal;
        var fields = text.Split('\0');
        return fields.Length == 3 ? Check(fields[1], fields[2]) : SmtpReply.BadArguments;
    }

    async ValueTask<byte[]?> LoginAsync(string? initial, CancellationToken cancellation)
    {
        var (user, refusal) = await AnswerAsync(initial, SmtpReply.AskUser, cancellation);
        if (user is null)
            return refusal;
        var (password, passwordRefusal) = await AnswerAsync(null, SmtpReply.AskPassword, cancellation);
        return password is null ? passwordRefusal : Check(user, password);
    }

    /// <summary>The client's decoded answer; without one, the refusal, or neither when the client is gone.</summary>
    async ValueTask<(string? Text, byte[]? Refusal)> AnswerAsync(string? initial, byte[] question, CancellationToken cancellation)
    {
        var answer = initial;
        if (answer is null)
        {
            channel.Write(question);
            var line = await channel.ReadLineAsync(MaxLineBytes, cancellation);
            switch (line.Kind)
            {
                case SmtpLineKind.End:
                    return (null, null);
                case SmtpLineKind.TooLong:
                    return (null, SmtpReply.LineTooLong);
                case SmtpLineKind.Malformed:
                    return (null, SmtpReply.BadBase64);
            }
            answer = line.Text;
        }
        if (answer == "*")
            return (null, SmtpReply.AuthenticationCancelled);
        // An empty initial response is written as "=".
        var bytes = new byte[answer.Length];
        return answer == "=" ? ("", null)
            : Convert.TryFromBase64String(answer, bytes, out var length) ? (Encoding.UTF8.GetString(bytes, 0, length), null)
            : (null, SmtpReply.BadBase64);
    }

    byte[] Check(string user, string password) =>
        options.User is null || (user == options.User && password == options.Password)
            ? SmtpReply.Authenticated
            : SmtpReply.WrongCredentials;
}
