namespace Alerts.Demo.Mailbox;

/// <summary>The argument of MAIL FROM and RCPT TO: an address in angle brackets, then parameters (RFC 5321 4.1.1.2, 4.1.1.3).</summary>
static class SmtpPath
{
    const int MaxLocalPart = 64;
    const int MaxDomain = 255;

    /// <summary>
    /// Splits <c>FROM:&lt;ann@example.org&gt; SIZE=100</c> into the address and the rest. The address is empty for <c>&lt;&gt;</c>;
    /// a source route before it is dropped, as RFC 5321 wants.
    /// </summary>
    public static bool TryRead(string argument, string keyword, out string address, out string parameters)
    {
        address = parameters = "";
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase) || argument.Length < keyword.Length + 2 || argument[keyword.Length] != '<')
            return false;
        var end = EndOfPath(argument, keyword.Length + 1);
        if (end < 0)
            return false;
        parameters = argument[(end + 1)..];
        if (parameters.Length > 0 && parameters[0] != ' ')
            return false;
        parameters = parameters.Trim(' ');
        address = WithoutRoute(argument[(keyword.Length + 1)..end]);
        return true;
    }

    /// <summary>Whether this is a local part of at most 64 characters, @, and a domain of at most 255.</summary>
    public static bool IsAddress(string address)
    {
        var at = address.LastIndexOf('@');
        if (at is < 1 or > MaxLocalPart)
            return false;
        var domain = address.AsSpan(at + 1);
        return domain.Length is > 0 and <= MaxDomain
            && IsLocalPart(address.AsSpan(0, at))
            && (IsDomain(domain) || (domain[0] == '[' && domain[^1] == ']' && domain.IndexOfAny(' ', '<', '>') < 0));
    }

    /// <summary>The closing bracket, looked for outside of quotes.</summary>
    static int EndOfPath(string text, int start)
    {
        var quoted = false;
        for (var at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when quoted:
                    at++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '>' when !quoted:
                    return at;
            }
        }
        return -1;
    }

    static string WithoutRoute(string path)
    {
        var colon = path.StartsWith('@') ? path.IndexOf(':', StringComparison.Ordinal) : -1;
        return colon < 0 ? path : path[(colon + 1)..];
    }

    static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (local[0] == '"')
            return local.Length > 2 && local[^1] == '"' && local.IndexOfAnyInRange('\0', '\u001f') < 0;
        var previous = '.';
        foreach (var character in local)
        {
            if (character == '.' ? previous == '.' : !IsAtomText(character))
                return false;
            previous = character;
        }
        return previous != '.';
    }

    static bool IsDomain(ReadOnlySpan<char> domain)
    {
        foreach (var label in domain.Split('.'))
        {
            var text = domain[label];
            if (text.Length is 0 or > 63 || text[0] == '-' || text[^1] == '-')
                return false;
            foreach (var character in text)
            {
                if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_') && character < 128)
                    return false;
            }
        }
        return true;
    }

    static bool IsAtomText(char character) =>
        char.IsAsciiLetterOrDigit(character) || character >= 128 || "!#$%&'*+-/=?^_`{|}~".Contains(character, StringComparison.Ordinal);
}
