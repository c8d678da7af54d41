using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Tests.Support;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Alerts.Demo.Tests.Mailbox;

public class AuthenticationTests
{
    static readonly MailboxOptions Locked = new() { User = "alerts", Password = "söcret", RequireAuthentication = true };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task MailKit_logs_in_with_the_right_password_and_not_with_another(string mechanism)
    {
        await using var server = await MailboxServer.StartAsync(Locked, TimeProvider.System);
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", server.SmtpPort, SecureSocketOptions.None, Cancellation);

        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(Mechanism("wrong"), Cancellation));
        await client.AuthenticateAsync(Mechanism("söcret"), Cancellation);

        Assert.True(client.IsAuthenticated);

        SaslMechanism Mechanism(string password) => mechanism == "PLAIN"
            ? new SaslMechanismPlain(Encoding.UTF8, "alerts", password)
            : new SaslMechanismLogin(Encoding.UTF8, "alerts", password);
    }

    [Fact]
    public async Task Without_authentication_no_mail_is_taken_where_it_is_required()
    {
        await using var server = await MailboxServer.StartAsync(Locked, TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        Assert.StartsWith("530 5.7.0", await client.AskAsync("MAIL FROM:<a@example.org>"), StringComparison.Ordinal);
        Assert.StartsWith("235 2.7.0", await client.AskAsync("AUTH PLAIN " + Base64("\0alerts\0söcret")), StringComparison.Ordinal);
        Assert.StartsWith("503 5.5.1", await client.AskAsync("AUTH PLAIN " + Base64("\0alerts\0söcret")), StringComparison.Ordinal);
        Assert.StartsWith("250 2.1.0", await client.AskAsync("MAIL FROM:<a@example.org>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_mailbox_takes_any_password()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        Assert.StartsWith("235 2.7.0", await client.AskAsync("AUTH PLAIN " + Base64("\0anyone\0anything")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH", null, "501 5.5.4")]
    [InlineData("AUTH CRAM-MD5", null, "504 5.5.4")]
    [InlineData("AUTH PLAIN !!!", null, "501 5.5.2")]
    [InlineData("AUTH PLAIN YQ==", null, "501 5.5.4")]
    [InlineData("AUTH PLAIN", "*", "501 5.7.0")]
    [InlineData("AUTH PLAIN", "!!!", "501 5.5.2")]
    [InlineData("AUTH PLAIN", "AGFsZXJ0cwB3cm9uZw==", "535 5.7.8")]
    [InlineData("AUTH LOGIN", "*", "501 5.7.0")]
    [InlineData("AUTH LOGIN YWxlcnRz", "d3Jvbmc=", "535 5.7.8")]
    public async Task A_failed_exchange_is_answered_with(string command, string? answer, string code)
    {
        await using var server = await MailboxServer.StartAsync(Locked, TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        var reply = await client.AskAsync(command);
        if (answer is not null)
        {
            Assert.StartsWith("334 ", reply, StringComparison.Ordinal);
            reply = await client.AskAsync(answer);
        }

        Assert.StartsWith(code, reply, StringComparison.Ordinal);
        Assert.StartsWith("530", await client.AskAsync("MAIL FROM:<a@example.org>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_MailKit_starts_TLS()
    {
        using var certificate = SelfSigned();
        await using var server = await MailboxServer.StartAsync(Locked with { Certificate = certificate }, TimeProvider.System);
        using var client = new SmtpClient { ServerCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() };

        await client.ConnectAsync("127.0.0.1", server.SmtpPort, SecureSocketOptions.StartTls, Cancellation);
        await client.AuthenticateAsync(new NetworkCredential("alerts", "söcret"), Cancellation);

        Assert.True(client.IsEncrypted);
        Assert.True(client.IsAuthenticated);
    }

    [Fact]
    public async Task What_is_sent_in_the_clear_behind_starttls_is_dropped_and_the_greeting_forgotten()
    {
        using var certificate = SelfSigned();
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { Certificate = certificate }, TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        await client.SendAsync("STARTTLS\r\nEHLO injected\r\n");
        Assert.StartsWith("220 2.0.0", await client.ReplyAsync(), StringComparison.Ordinal);
        var encrypted = new SslStream(client.Stream, leaveInnerStreamOpen: false, (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString());
        await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "mailbox.localhost" }, Cancellation);
        client.Use(encrypted);

        Assert.StartsWith("503", await client.AskAsync("MAIL FROM:<a@example.org>"), StringComparison.Ordinal);
        Assert.DoesNotContain("STARTTLS", await client.AskAsync("EHLO test"), StringComparison.Ordinal);
        Assert.StartsWith("503", await client.AskAsync("STARTTLS"), StringComparison.Ordinal);
    }

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mailbox.localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
