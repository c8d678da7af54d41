using Alerts.Configuration;
using Alerts.Mail;
using Alerts.Search.Ebay;
using Alerts.Silo.Observability;
using Alerts.Silo.Transport;

namespace Alerts.Cluster.Tests;

public sealed class StartReportTests
{
    [Fact]
    public void A_silo_says_in_five_lines_what_runs_with_what_and_no_secret()
    {
        var alerts = new AlertsOptions
        {
            Mode = AlertsMode.Cluster,
            Redis = "cache1:6379,cache2:6379,password=secret,ssl=true",
            MySql = "Server=db1;Port=3306;Database=alerts;User ID=alerts;Password=secret",
            SharedMySql = "Server=db2;Database=products;User ID=products;Password=secret",
            PublicUrl = "https://alerts.example.org",
            Confirmation = ConfirmationMode.Required,
        };
        var mail = new MailOptions { Host = "smtp.example.org", Password = "secret" };

        var lines = StartReport.Lines(alerts, new ClusterTlsOptions { Certificate = "alerts.crt" }, new EbayOptions { ClientSecret = "secret" }, mail);

        Assert.Equal(
            [
                $"Silo of release {AlertsVersion.Current}, state format 1",
                "Cluster alerts, met at Redis cache1:6379, cache2:6379, with certificates between silos and gateways",
                "Databases: alerts at db1:3306, products products at db2",
                "eBay at https://api.ebay.com, 5000 calls a day; mails by smtp.example.org (StartTls) without a signature",
                "Links lead to https://alerts.example.org; addresses are confirmed; reminders every 00:02:00",
            ],
            lines);
        Assert.All(lines, line => Assert.DoesNotContain("secret", line, StringComparison.Ordinal));
    }
}
