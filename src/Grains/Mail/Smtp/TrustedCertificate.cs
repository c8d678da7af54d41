using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Alerts.Mail.Smtp;

/// <summary>A certificate that is trusted in addition to the system's: the server's own, or that of its authority.</summary>
sealed class TrustedCertificate(X509Certificate2 trusted)
{
    /// <summary>The certificate of the settings; null without one.</summary>
    public static TrustedCertificate? Of(MailOptions options) => options.TrustedCertificateFile is { } file
        ? new TrustedCertificate(X509Certificate2.CreateFromPem(File.ReadAllText(file)))
        : null;

    /// <summary>
    /// Accepts certificates that the system accepts or that lead to the trusted certificate. The server's name must be right in both cases.
    /// </summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None)
            return true;
        if (errors is not SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.Add(trusted);
        using var server = new X509Certificate2(certificate);
        return own.Build(server);
    }
}
