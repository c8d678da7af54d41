namespace Alerts.Silo.Transport;

/// <summary>
/// Mutual TLS between silos and gateways in cluster mode, section <c>Alerts:Tls</c>: all three files in PEM form, or none. Changed files
/// are read while the process runs, so new certificates need no restart.
/// </summary>
public sealed class ClusterTlsOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Tls";

    /// <summary>File of this process's certificate, followed by intermediate certificates up to the authority, if any.</summary>
    public string? Certificate { get; set; }

    /// <summary>File of the certificate's private key, without a password.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// File of the authority's certificate. A process with a certificate from this authority is accepted. During a change of authority the
    /// file may contain several.
    /// </summary>
    public string? Authority { get; set; }

    internal bool IsOn => Certificate is not null || Key is not null || Authority is not null;
}
