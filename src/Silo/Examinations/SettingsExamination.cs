using System.Net;
using Alerts.Cluster;
using Alerts.Configuration;
using Alerts.Silo.Transport;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Examinations;

/// <summary>Settings that are valid, else the silo would not run, and yet seldom meant.</summary>
sealed class SettingsExamination(IOptions<AlertsOptions> options, IOptions<ClusterTlsOptions> tls) : IExamination
{
    public string Subject => "Settings";

    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var alerts = options.Value;
        var address = new Uri(alerts.PublicUrl);
        var findings = new List<Finding> { Finding.Well("The silo's settings are valid.") };
        if (address.IsLoopback)
            findings.Add(Finding.Well($"Links in mails lead to {alerts.PublicUrl}, so they open on this machine alone."));
        else if (address.Scheme is not "https")
            findings.Add(Finding.Wrong($"Links in mails lead to {alerts.PublicUrl}, without TLS.",
                "Set Alerts__PublicUrl to the https address of the gateway."));
        if (alerts.Mode is AlertsMode.Cluster && !tls.Value.IsOn
            && !(alerts.SiloAddress is { } own && IPAddress.IsLoopback(IPAddress.Parse(own))))
            findings.Add(Finding.Wrong("Silos and gateways let in whoever reaches their ports.",
                "Set Alerts__Tls__Certificate, Key and Authority; deploy/make-secrets makes them."));
        if (alerts.Mode is AlertsMode.Cluster && alerts.Confirmation is ConfirmationMode.Off)
            findings.Add(Finding.Wrong("New addresses are mailed without the word of their owners.", "Set Alerts__Confirmation=Required."));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }
}
