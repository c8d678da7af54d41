using System.Security.Cryptography;
using Alerts.Mail;
using Alerts.Mail.Sender;
using Alerts.Testing;
using DnsClient;
using Microsoft.Extensions.Options;

namespace Alerts.Tests.Mail;

public sealed class SenderExaminationTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly RSA key = RSA.Create(2048);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_domain_with_all_records_is_well()
    {
        Assert.Equal(
            [(true, "mail.shop.de has an SPF record."), (true, "mail.shop.de has a DMARC record."), (true, "The DKIM key at k1._domainkey.mail.shop.de is the one that signs.")],
            await ExamineAsync(new()
            {
                ["mail.shop.de"] = "v=spf1 mx -all",
                ["_dmarc.shop.de"] = "v=DMARC1; p=reject",
                ["k1._domainkey.mail.shop.de"] = $"v=DKIM1; k=rsa; p={PublicKey}",
            }));
    }

    [Fact]
    public async Task What_is_missing_or_another_is_said()
    {
        Assert.Equal(
            [
                (false, "The SPF record of mail.shop.de lets everybody send: v=spf1 +all"), (false, "mail.shop.de has no DMARC record."),
                (false, "The DKIM key at k1._domainkey.mail.shop.de is another one than the one that signs."),
            ],
            await ExamineAsync(new() { ["mail.shop.de"] = "v=spf1 +all", ["k1._domainkey.mail.shop.de"] = "v=DKIM1; p=MIIB" }));
        Assert.Equal(
            [(false, "mail.shop.de has no SPF record."), (false, "mail.shop.de has no DMARC record."), (false, "There is no DKIM key at k1._domainkey.mail.shop.de.")],
            await ExamineAsync([]));
    }

    [Fact]
    public async Task Nothing_is_said_of_names_for_examples_nor_where_DNS_does_not_answer()
    {
        Assert.Equal([(true, "example.org is a name for examples: its DNS records were not looked at.")], await ExamineAsync([], "alerts@example.org"));
        var nobody = new LookupClient(new LookupClientOptions(new NameServer(System.Net.IPAddress.Loopback, FreePort.Next())) { Timeout = TimeSpan.FromMilliseconds(200), Retries = 0 });
        var found = await new SenderExamination(Options.Create(new MailOptions { From = "alerts@mail.shop.de" }), nobody).ExamineAsync(Cancellation);
        Assert.Equal([(true, "DNS does not answer here: the records of mail.shop.de were not looked at.")], found.Select(finding => (finding.IsWell, finding.What)));
    }

    async Task<(bool, string)[]> ExamineAsync(Dictionary<string, string> records, string from = "alerts@mail.shop.de")
    {
        await using var server = new DnsServer(records);
        await File.WriteAllTextAsync(folder["key.pem"], key.ExportPkcs8PrivateKeyPem(), Cancellation);
        var options = new MailOptions { From = from, DkimKeyFile = folder["key.pem"], DkimSelector = "k1" };
        var found = await new SenderExamination(Options.Create(options), new LookupClient(server.Address)).ExamineAsync(Cancellation);
        Assert.All(found, finding => Assert.Equal(finding.IsWell, finding.Advice.Length == 0));
        return [.. found.Select(finding => (finding.IsWell, finding.What))];
    }
}
