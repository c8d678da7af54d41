using System.Text;
using Alerts.Demo.Mailbox;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Alerts.Demo.Tests.Mailbox;

public class DeliveryTests
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_sent_with_MailKit_arrives_as_it_was_sent()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), clock);
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("Alerts", "alerts@example.org"));
        message.To.Add(new MailboxAddress("Ann", "ann@example.org"));
        message.Subject = "3 new, 1 price drop: iphone 13 – Größe";
        message.MessageId = "n-1@example.org";
        message.Body = new BodyBuilder { TextBody = "plain\r\n.\r\n..two", HtmlBody = "<p>3 new</p>" }.ToMessageBody();

        using (var client = new SmtpClient())
        {
            await client.ConnectAsync("127.0.0.1", server.SmtpPort, SecureSocketOptions.None, Cancellation);
            await client.SendAsync(message, Cancellation);
            await client.DisconnectAsync(true, Cancellation);
        }

        var mail = await server.WaitForMailAsync(mail => mail.MessageId == "n-1@example.org", Cancellation);
        Assert.Equal("alerts@example.org", mail.MailFrom);
        Assert.Equal(["ann@example.org"], mail.Recipients);
        Assert.Equal("3 new, 1 price drop: iphone 13 – Größe", mail.Subject);
        Assert.Equal("<p>3 new</p>", mail.HtmlBody);
        Assert.Equal("plain\n.\n..two", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("\r\n\r\nplain\r\n.\r\n..two\r\n", Encoding.UTF8.GetString(mail.Raw.Span), StringComparison.Ordinal);
        Assert.Equal(clock.GetUtcNow(), mail.ReceivedAt);
        Assert.Equal(1, server.AcceptedCount);
    }
}
