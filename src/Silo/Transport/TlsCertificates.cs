using System.Globalization;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Transport;

/// <summary>
/// The certificates for new connections. Changed files are read at the next connection, at most once in five seconds. Wrong files are
/// logged once, and the previous ones stay in use.
/// </summary>
sealed partial class TlsCertificates(IOptions<ClusterTlsOptions> options, TimeProvider clock, ILogger<TlsCertificates> logger)
{
    static readonly TimeSpan lookPeriod = TimeSpan.FromSeconds(5);
    static readonly TimeSpan warningTime = TimeSpan.FromDays(14);

    readonly Lock gate = new();
    TlsFiles? current;
    string? stamp;
    DateTimeOffset nextLook;

    public TlsFiles Current
    {
        get
        {
            lock (gate)
            {
                var now = clock.GetUtcNow();
                if (current is not null && now < nextLook)
                    return current;
                nextLook = now + lookPeriod;
                var found = Stamp();
                if (current is not null && found == stamp)
                    return current;
                Read(now);
                stamp = found;
                return current!;
            }
        }
    }

    /// <summary>Reads changed files, and warns once a day when the certificate ends soon.</summary>
    public void Look()
    {
        var endsAt = Current.EndsAt;
        if (endsAt - clock.GetUtcNow() < warningTime)
            LogEnding(options.Value.Certificate!, endsAt);
    }

    void Read(DateTimeOffset now)
    {
        var errors = new List<string>();
        if (TlsFiles.Read(options.Value, now, errors) is { } read)
        {
            current = read;
            LogRead(options.Value.Certificate!, read.EndsAt);
        }
        else if (current is null)
        {
            throw new OptionsValidationException(ClusterTlsOptions.Section, typeof(ClusterTlsOptions), errors);
        }
        else
        {
            LogKept(string.Join(' ', errors));
        }
    }

    /// <summary>Orchestrators replace files through a link, so this is the time of the link's target.</summary>
    string Stamp() => string.Join(' ', new[] { options.Value.Certificate, options.Value.Key, options.Value.Authority }.Select(Time));

    static string Time(string? file)
    {
        if (string.IsNullOrWhiteSpace(file))
            return "";
        try
        {
            return (File.ResolveLinkTarget(file, returnFinalTarget: true)
                ?? new FileInfo(file)).LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // The file is gone: reading it reports that.
            return "";
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Silos and gateways connect with TLS; the certificate in {File} is valid until {EndsAt:u}")]
    partial void LogRead(string file, DateTimeOffset endsAt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed TLS files are not used; the previous ones stay in use. {Errors}")]
    partial void LogKept(string errors);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The certificate in {File} expires on {EndsAt:u}; after that no new connection is accepted. Replace the files; no "
            + "restart is needed")]
    partial void LogEnding(string file, DateTimeOffset endsAt);
}
