using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alerts.Testing;

namespace Alerts.Cluster.Tests.Transport;

/// <summary>An authority whose certificates lie in a folder of its own.</summary>
sealed class TestAuthority : IDisposable
{
    readonly TempFolder folder = new();
    readonly X509Certificate2 own;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
    }

    public string Pem => own.ExportCertificatePem();

    /// <summary>Settings of a process with a new certificate, valid for a day.</summary>
    public Dictionary<string, string?> Settings(string name) => Settings(name, DateTimeOffset.UtcNow.AddDays(1));

    public Dictionary<string, string?> Settings(string name, DateTimeOffset endsAt)
    {
        Issue(folder[name], endsAt);
        File.WriteAllText(folder[$"{name}.authority"], Pem);
        return new()
        {
            ["Alerts:Tls:Certificate"] = folder[$"{name}.crt"],
            ["Alerts:Tls:Key"] = folder[$"{name}.key"],
            ["Alerts:Tls:Authority"] = folder[$"{name}.authority"],
        };
    }

    /// <summary>Writes a new certificate and its key over what is there.</summary>
    public void Issue(string path, DateTimeOffset endsAt)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=alerts", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = request.Create(own, DateTimeOffset.UtcNow.AddDays(-40), endsAt, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText($"{path}.key", key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText($"{path}.crt", certificate.ExportCertificatePem());
    }

    public void Dispose()
    {
        own.Dispose();
        folder.Dispose();
    }
}
