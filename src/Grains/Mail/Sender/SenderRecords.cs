using Alerts.Cluster;

namespace Alerts.Mail.Sender;

/// <summary>What DNS records of a sender's domain say to those who receive its mails. Pure.</summary>
static class SenderRecords
{
    /// <summary>Names that no mail server will ever find (RFC 2606, RFC 6761, RFC 6762).</summary>
    static readonly string[] forExamples = ["example", "test", "invalid", "localhost", "local", "example.com", "example.net",
        "example.org"];

    /// <summary>No key is set.</summary>
    public static readonly Finding NoDkim = Finding.Wrong(
        "Mails are not signed (DKIM).",
            "Make a key, publish it in DNS, and set Alerts__Email__DkimKeyFile and DkimSelector; or let the mail server sign.");

    public static bool IsForExamples(string domain) =>
        forExamples.Any(name => domain == name || domain.EndsWith('.' + name, StringComparison.Ordinal));

    public static Finding Spf(string domain, IReadOnlyList<string> texts) => Of(texts, "v=spf1") switch
    {
        [] => Finding.Wrong($"{domain} has no SPF record.",
            $"Publish a TXT record at {domain} such as \"v=spf1 mx -all\" that names the mail server."),
        [var only] when only.Split(' ').Any(word => word is "+all" or "all" or "?all") =>
            Finding.Wrong($"The SPF record of {domain} lets everybody send: {only}", "End it with -all or ~all."),
        [_] => Finding.Well($"{domain} has an SPF record."),
        _ => Finding.Wrong($"{domain} has several SPF records, so receivers heed none.", "Leave one."),
    };

    public static Finding Dmarc(string domain, IReadOnlyList<string> texts) => Of(texts, "v=DMARC1") switch
    {
        [_] => Finding.Well($"{domain} has a DMARC record."),
        [] => Finding.Wrong($"{domain} has no DMARC record.",
            $"Publish a TXT record at _dmarc.{domain} such as \"v=DMARC1; p=quarantine\"."),
        _ => Finding.Wrong($"{domain} has several DMARC records, so receivers heed none.", "Leave one."),
    };

    /// <param name="name">Where the key is published.</param>
    /// <param name="texts">What is there.</param>
    /// <param name="publicKey">The key that belongs to the one that signs; null: unknown.</param>
    public static Finding Dkim(string name, IReadOnlyList<string> texts, string? publicKey)
    {
        var keys = texts.Select(KeyOf).OfType<string>().ToList();
        if (keys.Count == 0)
            return Finding.Wrong($"There is no DKIM key at {name}.",
                $"Publish a TXT record there: \"v=DKIM1; k=rsa; p={publicKey ?? "…"}\".");
        return publicKey is null || keys.Contains(publicKey)
            ? Finding.Well($"The DKIM key at {name} is the one that signs.")
            : Finding.Wrong($"The DKIM key at {name} is another one than the one that signs.",
                $"Publish p={publicKey} there, or set the file of the key that is there.");
    }

    static List<string> Of(IReadOnlyList<string> texts, string version) =>
        [.. texts.Where(text => text == version || text.StartsWith(version + ' ', StringComparison.Ordinal)
            || text.StartsWith(version + ';', StringComparison.Ordinal))];

    static string? KeyOf(string text) => text.Split(';', StringSplitOptions.TrimEntries)
        .Where(tag => tag.StartsWith("p=", StringComparison.Ordinal)).Select(tag => tag[2..].Replace(" ", "", StringComparison.Ordinal))
        .FirstOrDefault(key => key.Length > 0);
}
