using System.Security.Cryptography;
using Alerts.Cluster;
using Alerts.Mail.Compose;
using DnsClient;
using Microsoft.Extensions.Options;

namespace Alerts.Mail.Sender;

/// <summary>Asks DNS for what receivers want of the sender's domain. Where DNS does not answer, nothing is said of it.</summary>
/// <param name="options">The sender and its DKIM key.</param>
/// <param name="dns">Whom to ask.</param>
sealed class SenderExamination(IOptions<MailOptions> options, ILookupClient dns) : IExamination
{
    public string Subject => "Sender's domain";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var mail = options.Value;
        var domain = SenderAddress.DomainOf(SenderAddress.Parse(mail.From));
        if (SenderRecords.IsForExamples(domain))
            return [Finding.Well($"{domain} is a name for examples: its DNS records were not looked at.")];
        try
        {
            var selector = mail.DkimKeyFile is null ? null : mail.DkimSelector;
            var keyDomain = mail.DkimDomain ?? domain;
            return
            [
                SenderRecords.Spf(domain, await TextsAsync(domain, cancellationToken)),
                SenderRecords.Dmarc(domain, await DmarcAsync(domain, cancellationToken)),
                selector is null
                    ? SenderRecords.NoDkim
                    : SenderRecords.Dkim($"{selector}._domainkey.{keyDomain}",
                        await TextsAsync($"{selector}._domainkey.{keyDomain}", cancellationToken), PublicKeyOf(mail.DkimKeyFile!)),
            ];
        }
        catch (DnsResponseException)
        {
            return [Finding.Well($"DNS does not answer here: the records of {domain} were not looked at.")];
        }
    }

    /// <summary>The domain's own policy, or that of the domain above it (RFC 7489, 6.6.3, without the list of public suffixes).</summary>
    async Task<IReadOnlyList<string>> DmarcAsync(string domain, CancellationToken cancellationToken)
    {
        var own = await TextsAsync($"_dmarc.{domain}", cancellationToken);
        return own.Count > 0 || domain.Count(character => character == '.') < 2
            ? own
            : await TextsAsync($"_dmarc.{domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..]}", cancellationToken);
    }

    async Task<IReadOnlyList<string>> TextsAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(name, QueryType.TXT, cancellationToken: cancellationToken);
        // A name that there is not is an answer; a server that could not find out is none.
        if (answer.HasError && answer.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain)
            throw new DnsResponseException(answer.ErrorMessage);
        return [.. answer.Answers.TxtRecords().Select(record => string.Concat(record.Text))];
    }

    /// <summary>As a record has it; null for a key that is no RSA key.</summary>
    static string? PublicKeyOf(string file)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}
