namespace Alerts.Silo.Transport;

/// <summary>
/// Mutual TLS between silos and gateways in cluster mode, section <c>Alerts:Tls</c>: all three files or none, in PEM form.
/// They are read again while the process runs, so that certificates are changed without a restart.
/// </summary>
public sealed class ClusterTlsOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Tls";

    /// <summary>File of this process's certificate, followed by those between it and the authority, if there are any.</summary>
    public string? Certificate { get; set; }

    /// <summary>File of the certificate's private key, without a password.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// File of the authority's certificate. Whoever has a certificate from it is let in. It may hold several while one replaces another.
    /// </summary>
    public string? Authority { get; set; }

    internal bool IsOn => Certificate is not null || Key is not null || Authority is not null;
}
