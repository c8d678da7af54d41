using System.Text;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Tests.Support;

namespace Alerts.Demo.Tests.Mailbox;

/// <summary>Where a message ends, what of it is kept, and what makes it refused.</summary>
public class MessageBoundaryTests
{
    [Theory]
    [InlineData("\n.\n")]
    [InlineData("\n.\r\n")]
    [InlineData("\r\n.\n")]
    [InlineData("\r.\r")]
    [InlineData("\r\n.\r")]
    [InlineData("\r.\r\n")]
    [InlineData("\n\n.\r\n")]
    [InlineData("\r\n\0.\n")]
    public async Task Only_a_dot_between_two_CRLF_ends_a_message_so_no_second_mail_can_be_smuggled(string falseEnd)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        await client.BeginDataAsync();

        await client.SendAsync($"Subject: first{falseEnd}MAIL FROM:<evil@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nSubject: smuggled\r\n\r\n.\r\n");

        Assert.Equal("550 5.5.2 Message contains a bare CR or LF", await client.ReplyAsync());
        Assert.StartsWith("250", await client.AskAsync("NOOP"), StringComparison.Ordinal);
        Assert.Equal(0, server.AcceptedCount);
    }

    [Fact]
    public async Task A_stuffed_dot_is_taken_out_and_no_other()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        await client.BeginDataAsync();

        Assert.StartsWith("250", await client.AskAsync("S: x\r\n\r\n..\r\n...\r\n..a\r\na.\r\n a\r\n."), StringComparison.Ordinal);

        Assert.Equal("S: x\r\n\r\n.\r\n..\r\n.a\r\na.\r\n a\r\n", Encoding.ASCII.GetString(Assert.Single(server.Mails).Raw.Span));
    }

    [Fact]
    public async Task An_empty_message_is_a_mail()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        await client.BeginDataAsync();

        Assert.StartsWith("250", await client.AskAsync("."), StringComparison.Ordinal);

        var mail = Assert.Single(server.Mails);
        Assert.Equal(0, mail.Raw.Length);
        Assert.Equal("", mail.Subject);
        Assert.Null(mail.HtmlBody);
    }

    [Theory]
    [InlineData(998, "250 2.0.0")]
    [InlineData(999, "554 5.6.0")]
    [InlineData(50_000, "554 5.6.0")]
    public async Task A_line_may_have_998_bytes(int length, string code)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        await client.BeginDataAsync();

        Assert.StartsWith(code, await client.AskAsync($"S: x\r\n\r\n{new string('x', length)}\r\n."), StringComparison.Ordinal);
        Assert.StartsWith("250", await client.AskAsync("NOOP"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000, "250 2.0.0")]
    [InlineData(5_001, "552 5.3.4")]
    [InlineData(15_000, "552 5.3.4")]
    public async Task A_message_may_have_the_announced_size(int bytes, string code)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxMessageBytes = 5_000 }, TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        await client.BeginDataAsync();

        Assert.StartsWith(code, await client.AskAsync(Lines(bytes) + "."), StringComparison.Ordinal);
        await client.BeginDataAsync();
        Assert.StartsWith("250", await client.AskAsync("."), StringComparison.Ordinal);
        Assert.Equal(bytes > 5_000 ? [0] : [bytes, 0], server.Mails.Select(mail => mail.Raw.Length));
    }

    [Fact]
    public async Task A_message_announced_too_large_is_refused_before_it_is_sent()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxMessageBytes = 5_000 }, TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        Assert.StartsWith("552 5.3.4", await client.AskAsync("MAIL FROM:<a@example.org> SIZE=5001"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.1.0", await client.AskAsync("MAIL FROM:<a@example.org> SIZE=5000"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_an_end_is_cut_off_at_four_times_the_size()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxMessageBytes = 5_000 }, TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        await client.BeginDataAsync();

        await client.SendAsync(Lines(20_100));

        Assert.StartsWith("421 4.7.0 Too much input", await client.ReplyAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReplyOrEndAsync());
    }

    /// <summary>Lines of 100 bytes and a shorter last one, so many bytes in all.</summary>
    static string Lines(int bytes)
    {
        var lines = new StringBuilder();
        while (bytes - lines.Length > 200)
            lines.Append('x', 98).Append("\r\n");
        return lines.Append('x', bytes - lines.Length - 2).Append("\r\n").ToString();
    }
}
