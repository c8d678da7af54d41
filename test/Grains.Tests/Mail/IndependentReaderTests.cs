using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Alerts.Testing;

namespace Alerts.Tests.Mail;

/// <summary>Mails read by programs that have nothing to do with the library that made them.</summary>
public sealed class IndependentReaderTests
{
    const string Selector = "mail2026";

    /// <summary>Parses with Python's own library, strictly, and prints what it found.</summary>
    const string Reader = """
        import email, email.policy, json, sys
        message = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.SMTPUTF8)
        parts = list(message.walk())
        print(json.dumps({
          "defects": [str(defect) for part in parts for defect in part.defects] + [str(defect) for header in message.values() for defect in header.defects],
          "subject": message["Subject"], "to": message["To"],
          "types": [part.get_content_type() for part in parts],
          "text": message.get_body(("plain",)).get_content(),
          "longest": max(len(line) for line in message.as_bytes().splitlines()),
        }))
        """;

    /// <summary>Verifies the signature with dkimpy, the key given in place of the name service; prints what was signed.</summary>
    const string Verifier = """
        import dkim, sys
        record = sys.argv[1].encode()
        verifier = dkim.DKIM(sys.stdin.buffer.read())
        print(verifier.verify(dnsfunc=lambda name, timeout=5: record if name.startswith(b"mail2026._domainkey.example.org") else None))
        print(b" ".join(verifier.signed_headers and [name for name, value in verifier.signed_headers]).decode())
        """;

    public static TheoryData<string> Names => SampleMails.Names;

    [Theory, MemberData(nameof(Names))]
    public async Task Python_reads_every_mail_without_a_defect(string name)
    {
        var python = Programs.Require("python3");
        var (recipient, notification) = SampleMails.Of(name);
        using var mail = await Mails.Composer().ComposeAsync(recipient, notification);
        // As the connection does for a server that takes eight bits.
        mail.Prepare(MimeKit.EncodingConstraint.EightBit, 998);

        var read = JsonDocument.Parse(await RunAsync(python, ["-c", Reader], mail)).RootElement;

        Assert.Equal(0, read.GetProperty("defects").GetArrayLength());
        Assert.Equal(mail.Subject, read.GetProperty("subject").GetString());
        Assert.Equal(recipient.Settings.Email, read.GetProperty("to").GetString());
        Assert.Equal(["multipart/alternative", "text/plain", "text/html"], read.GetProperty("types").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal(mail.TextBody!.ReplaceLineEndings("\n"), read.GetProperty("text").GetString()!.ReplaceLineEndings("\n"));
        Assert.InRange(read.GetProperty("longest").GetInt32(), 1, 998);
    }

    [Fact]
    public async Task An_independent_verifier_accepts_the_signature_over_the_unsubscribe_headers_and_no_altered_mail()
    {
        var python = Programs.Require("/usr/bin/python3");
        Programs.Require("/usr/lib/python3/dist-packages/dkim/__init__.py");
        using var folder = new TempFolder();
        using var key = RSA.Create(2048);
        var options = Mails.Settings();
        options.DkimKeyFile = folder["dkim.pem"];
        options.DkimSelector = Selector;
        await File.WriteAllTextAsync(options.DkimKeyFile, key.ExportRSAPrivateKeyPem(), TestContext.Current.CancellationToken);
        var record = $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";
        var (recipient, notification) = SampleMails.Of("Changes");
        using var mail = await Mails.Composer(options).ComposeAsync(recipient, notification);

        var said = (await RunAsync(python, ["-c", Verifier, record], mail)).Split('\n');
        mail.Headers["List-Unsubscribe"] = "<https://elsewhere.example/>";
        var altered = await RunAsync(python, ["-c", Verifier, record], mail);

        Assert.Equal("True", said[0]);
        Assert.Equal(
            "auto-submitted content-type date from list-id list-unsubscribe list-unsubscribe-post message-id mime-version references subject to",
            string.Join(' ', said[1].ToLowerInvariant().Split(' ').Order(StringComparer.Ordinal)));
        Assert.StartsWith("False", altered, StringComparison.Ordinal);
    }

    static async Task<string> RunAsync(string program, string[] arguments, MimeKit.MimeMessage mail)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var format = MimeKit.FormatOptions.Default.Clone();
        format.NewLineFormat = MimeKit.NewLineFormat.Dos;
        await mail.WriteToAsync(format, process.StandardInput.BaseStream, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said;
    }
}
