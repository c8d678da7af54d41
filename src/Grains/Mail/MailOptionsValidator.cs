using Alerts.Mail.Compose;
using Microsoft.Extensions.Options;

namespace Alerts.Mail;

/// <summary>Names every missing or wrong e-mail setting, so that the service stops at start and not at the first mail.</summary>
sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static IEnumerable<string> Faults(MailOptions options) =>
    [
        .. When(string.IsNullOrWhiteSpace(options.Host), nameof(options.Host), "is needed: the name of the SMTP server."),
        .. When(options.Port is < 1 or > 65_535, nameof(options.Port), "is not a port (1 to 65535)."),
        .. When(!Enum.IsDefined(options.Security), nameof(options.Security), "is not None, StartTls or Tls."),
        .. WhenMissing(options.TrustedCertificateFile, nameof(options.TrustedCertificateFile)),
        .. When(options.User is null != options.Password is null, nameof(options.Password),
            $"and {nameof(options.User)} are needed together."),
        .. When(!SenderAddress.IsValid(options.From), nameof(options.From),
            "is needed: an address such as \"Product alerts <alerts@example.org>\"."),
        .. Between(options.Connections, 1, 64, nameof(options.Connections)),
        .. Between(options.MailsPerConnection, 1, 100_000, nameof(options.MailsPerConnection)),
        .. Between(options.QueueLimit, 1, 100_000, nameof(options.QueueLimit)),
        .. Between(options.QueueTimeout, Seconds(1), Seconds(300), nameof(options.QueueTimeout)),
        .. Between(options.ConnectTimeout, Seconds(1), Seconds(300), nameof(options.ConnectTimeout)),
        .. Between(options.SendTimeout, Seconds(1), Seconds(900), nameof(options.SendTimeout)),
        .. Between(options.ProbeAfter, Seconds(1), Seconds(300), nameof(options.ProbeAfter)),
        .. Between(options.IdleTimeout, Seconds(1), Seconds(3_600), nameof(options.IdleTimeout)),
        .. Between(options.MailsPerSecond ?? 1, 0.01, 100_000, nameof(options.MailsPerSecond)),
        .. Between(options.MailsPerSecondPerDomain ?? 1, 0.01, 100_000, nameof(options.MailsPerSecondPerDomain)),
        .. Between(options.KeepDeliveryLog, TimeSpan.FromDays(7), TimeSpan.FromDays(3_650), nameof(options.KeepDeliveryLog)),
        .. WhenMissing(options.DkimKeyFile, nameof(options.DkimKeyFile)),
        .. When(options.DkimKeyFile is null != options.DkimSelector is null, nameof(options.DkimSelector),
            $"and {nameof(options.DkimKeyFile)} are needed together."),
    ];

    static IEnumerable<string> When(bool wrong, string setting, string fault)
    {
        if (wrong)
            yield return $"{MailOptions.Section}:{setting} {fault}";
    }

    static IEnumerable<string> WhenMissing(string? file, string setting) =>
        When(file is not null && !File.Exists(file), setting, "names a file that is not there.");

    static IEnumerable<string> Between<T>(T value, T least, T most, string setting) where T : IComparable<T> =>
        When(value.CompareTo(least) < 0 || value.CompareTo(most) > 0, setting, $"must be from {least} to {most}.");

    static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
