using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Alerts.Silo.Transport;

/// <summary>The contents of the three files of <see cref="ClusterTlsOptions"/>.</summary>
/// <param name="Own">This process's certificate with its key and the certificates that a peer needs to verify it.</param>
/// <param name="Authorities">The authorities whose certificates are accepted.</param>
sealed record TlsFiles(SslStreamCertificateContext Own, X509Certificate2Collection Authorities)
{
    public DateTimeOffset EndsAt => Own.TargetCertificate.NotAfter;

    /// <summary>Reads the files, or adds one sentence for each wrong setting.</summary>
    public static TlsFiles? Read(ClusterTlsOptions options, DateTimeOffset now, ICollection<string> errors)
    {
        var chain = Try(nameof(options.Certificate), options.Certificate, "certificate", Certificates);
        var key = Try(nameof(options.Key), options.Key, "private key", File.ReadAllText);
        var authorities = Try(nameof(options.Authority), options.Authority, "certificate", Certificates);
        if (chain is null || key is null || authorities is null)
            return null;

        if (Own() is not { } own)
            return null;
        if (now >= own.NotAfter)
            return Wrong(nameof(options.Certificate),
                $"{options.Certificate} holds a certificate that expired on {own.NotAfter.ToUniversalTime():u}");
        if (now < own.NotBefore)
            return Wrong(nameof(options.Certificate),
                $"{options.Certificate} holds a certificate that is not valid before {own.NotBefore.ToUniversalTime():u}");
        using var built = new X509Chain { ChainPolicy = Policy(authorities) };
        built.ChainPolicy.ExtraStore.AddRange(chain);
        if (!built.Build(own))
            return Wrong(nameof(options.Certificate),
                $"{options.Certificate} holds no certificate from the authority of {options.Authority}");
        return new(SslStreamCertificateContext.Create(own, chain, offline: true), authorities);

        T? Try<T>(string setting, string? file, string kind, Func<string, T> read) where T : class
        {
            if (string.IsNullOrWhiteSpace(file))
            {
                errors.Add($"Alerts__Tls__{setting} is missing: TLS needs Certificate, Key and Authority, each the path of a file.");
                return null;
            }

            try
            {
                return read(file);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
            {
                errors.Add($"Alerts__Tls__{setting}: {file} cannot be read as a {kind} in PEM form: {fault.Message}");
                return null;
            }
        }

        X509Certificate2? Own()
        {
            try
            {
                return X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), key);
            }
            catch (Exception fault) when (fault is CryptographicException or ArgumentException)
            {
                errors.Add($"Alerts__Tls__{nameof(options.Key)}: {options.Key} is not the key, without a password, of the certificate in "
                    + $"{options.Certificate}.");
                return null;
            }
        }

        TlsFiles? Wrong(string setting, string what)
        {
            errors.Add($"Alerts__Tls__{setting}: {what}. deploy/make-secrets makes a new one.");
            return null;
        }
    }

    /// <summary>Trusts only the authorities. Makes no network requests: a stranger's certificate could name any address.</summary>
    public static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    static X509Certificate2Collection Certificates(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("It holds no certificate.");
    }
}
