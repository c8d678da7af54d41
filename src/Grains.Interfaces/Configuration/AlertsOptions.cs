using System.ComponentModel.DataAnnotations;

namespace Alerts.Configuration;

/// <summary>Settings of the whole service, section <c>Alerts</c> (environment: <c>Alerts__Mode</c> and so on).</summary>
public sealed class AlertsOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts";

    /// <summary>The default of <see cref="ReminderPeriod"/>.</summary>
    public static readonly TimeSpan StandardReminderPeriod = TimeSpan.FromMinutes(2);

    /// <summary>Embedded or Cluster.</summary>
    public AlertsMode Mode { get; set; }

    /// <summary>Sqlite or MySql. Default: Sqlite in embedded mode, MySql in cluster mode, where no other is possible.</summary>
    public DatabaseKind? Database { get; set; }

    /// <summary>Folder of the SQLite files; created when missing.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Redis connection string; needed in cluster mode.</summary>
    public string? Redis { get; set; }

    /// <summary>
    /// File with the certificate, in PEM form, of the authority that signed Redis' certificate. Without it the machine's authorities are
    /// trusted. Redis with TLS: <c>…,ssl=true</c> in <c>Alerts__Redis</c>.
    /// </summary>
    public string? RedisAuthority { get; set; }

    /// <summary>MySQL connection string of the alerts database (grain state, reminders, delivery log); needed with MySql.</summary>
    public string? MySql { get; set; }

    /// <summary>MySQL connection string of the shared products database; needed with MySql.</summary>
    public string? SharedMySql { get; set; }

    /// <summary>Name of the cluster in which silos and clients meet. Two deployments on one Redis need two names.</summary>
    [Required, StringLength(64)]
    public string ClusterId { get; set; } = "alerts";

    /// <summary>Name of the owner of stored grain state and reminders. After a change, all of them are left behind.</summary>
    [Required, StringLength(64)]
    public string ServiceId { get; set; } = "alerts";

    /// <summary>Port for traffic between silos in cluster mode; 0 takes a free one. Embedded mode opens none.</summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; }

    /// <summary>Port on which a silo serves cluster clients in cluster mode; 0 takes a free one. Embedded mode opens none.</summary>
    [Range(0, 65535)]
    public int GatewayPort { get; set; }

    /// <summary>
    /// IP address under which other silos and clients reach this silo in cluster mode; default: the machine's own. With a loopback address
    /// the silo listens on no other address.
    /// </summary>
    public string? SiloAddress { get; set; }

    /// <summary>The gateway's public address; the base of every link in a mail.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "http://127.0.0.1:5080";

    /// <summary>
    /// The key that signs the tokens in links. At least 32 characters, the same on every silo and gateway, needed in cluster mode. Without
    /// it, embedded mode makes one at the first start and keeps it in <see cref="DataDirectory"/>.
    /// </summary>
    [MinLength(32)]
    public string? SigningKey { get; set; }

    /// <summary>
    /// The signing key before <see cref="SigningKey"/>. Its tokens stay valid until <see cref="PreviousSigningKeyUntil"/>, so that links in
    /// mails survive a change of the key.
    /// </summary>
    [MinLength(32)]
    public string? PreviousSigningKey { get; set; }

    /// <summary>Until when <see cref="PreviousSigningKey"/> is valid; default: as long as it is set.</summary>
    public DateTimeOffset? PreviousSigningKeyUntil { get; set; }

    /// <summary>Whether new addresses must confirm.</summary>
    public ConfirmationMode Confirmation { get; set; }

    /// <summary>
    /// Period of every user's durable reminder, 5 seconds to 1 hour. A period shorter than 2 minutes shortens every frequency by the same
    /// factor, for demonstrations. With a longer one, a frequency is rounded up to whole periods, and pages and mails name the result.
    /// Existing reminders adopt a changed period at their next tick. A period under one minute is for demonstrations and tests only.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan ReminderPeriod { get; set; } = StandardReminderPeriod;

    public DatabaseKind DatabaseOrDefault() => DefaultDatabase(Mode, Database);

    internal static DatabaseKind DefaultDatabase(AlertsMode mode, DatabaseKind? chosen) =>
        chosen ?? (mode is AlertsMode.Cluster ? DatabaseKind.MySql : DatabaseKind.Sqlite);
}
