using System.Globalization;

namespace Alerts.Demo.Mailbox;

/// <summary>The extension parameters of MAIL and RCPT: SIZE (RFC 1870), BODY (6152), SMTPUTF8 (6531), DSN's four (3461) and AUTH (4954).</summary>
static class SmtpParameters
{
    /// <summary>The reply that refuses the parameters of MAIL; null when they are fine.</summary>
    public static byte[]? RefusalOfMail(string parameters, int maxMessageBytes, out bool isSmtpUtf8)
    {
        isSmtpUtf8 = false;
        foreach (var (name, value) in Split(parameters))
        {
            switch (name)
            {
                case "SIZE" when ReadSize(value) is { } size:
                    if (size > maxMessageBytes)
                        return SmtpReply.MessageTooLarge;
                    break;
                case "BODY" when value?.ToUpperInvariant() is "7BIT" or "8BITMIME":
                    break;
                case "SMTPUTF8" when value is null:
                    isSmtpUtf8 = true;
                    break;
                case "RET" when value?.ToUpperInvariant() is "FULL" or "HDRS":
                    break;
                case "ENVID" or "AUTH" when value is { Length: > 0 }:
                    break;
                case "SIZE" or "BODY" or "SMTPUTF8" or "RET" or "ENVID" or "AUTH":
                    return SmtpReply.ParameterValue;
                default:
                    return SmtpReply.UnknownParameter;
            }
        }
        return null;
    }

    /// <summary>The reply that refuses the parameters of RCPT; null when they are fine.</summary>
    public static byte[]? RefusalOfRcpt(string parameters)
    {
        foreach (var (name, value) in Split(parameters))
        {
            switch (name)
            {
                case "NOTIFY" when IsNotify(value):
                    break;
                case "ORCPT" when value?.Contains(';', StringComparison.Ordinal) is true:
                    break;
                case "NOTIFY" or "ORCPT":
                    return SmtpReply.ParameterValue;
                default:
                    return SmtpReply.UnknownParameter;
            }
        }
        return null;
    }

    static long? ReadSize(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    static bool IsNotify(string? value) =>
        value?.ToUpperInvariant() is { } upper
        && (upper == "NEVER" || upper.Split(',').All(when => when is "SUCCESS" or "FAILURE" or "DELAY"));

    static IEnumerable<(string Name, string? Value)> Split(string parameters)
    {
        foreach (var parameter in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? (parameter.ToUpperInvariant(), null)
                : (parameter[..equals].ToUpperInvariant(), parameter[(equals + 1)..]);
        }
    }
}
