using System.Text;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Tests.Support;

namespace Alerts.Demo.Tests.Mailbox;

public class SmtpCommandTests
{
    [Fact]
    public async Task Ehlo_lists_the_extensions()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxMessageBytes = 1234 }, TimeProvider.System);
        await using var client = await RawSmtp.ConnectAsync(server);
        Assert.Equal("220 mailbox.localhost ESMTP demo mailbox", await client.ReplyAsync());

        var reply = await client.AskAsync("EHLO test");

        Assert.Equal(
            ["250-mailbox.localhost", "250-PIPELINING", "250-SIZE 1234", "250-8BITMIME", "250-SMTPUTF8", "250-DSN", "250-ENHANCEDSTATUSCODES", "250 AUTH PLAIN LOGIN"],
            reply.Split('\n'));
    }

    [Theory]
    [InlineData("MAIL FROM:<a@example.org>", "503 5.5.1")]
    [InlineData("RCPT TO:<a@example.org>", "503 5.5.1")]
    [InlineData("DATA", "503 5.5.1")]
    [InlineData("AUTH PLAIN AGEAYg==", "503 5.5.1")]
    [InlineData("EHLO", "501 5.5.4")]
    [InlineData("HELO", "501 5.5.4")]
    [InlineData("STARTTLS", "502 5.5.1")]
    [InlineData("BDAT 10", "502 5.5.1")]
    [InlineData("WHAT", "500 5.5.1")]
    [InlineData("", "500 5.5.1")]
    [InlineData("NO\0OP", "500 5.5.2")]
    [InlineData("NOOP\nNOOP", "500 5.5.2")]
    [InlineData("NOOP\rNOOP", "500 5.5.2")]
    [InlineData("VRFY", "501 5.5.4")]
    [InlineData("VRFY ann", "252 2.1.5")]
    [InlineData("NOOP", "250 2.0.0")]
    [InlineData("noop anything", "250 2.0.0")]
    [InlineData("RSET", "250 2.0.0")]
    [InlineData("RSET now", "501 5.5.4")]
    [InlineData("HELP", "214 2.0.0")]
    [InlineData("QUIT", "221 2.0.0")]
    public async Task Before_a_greeting_a_command_is_answered_with(string command, string code)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.ConnectAsync(server);
        await client.ReplyAsync();

        Assert.StartsWith(code, await client.AskAsync(command), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL FROM:<>", "250 2.1.0")]
    [InlineData("mail from:<ann@example.org>", "250 2.1.0")]
    [InlineData("MAIL FROM:<\"a b>\"@example.org> SIZE=10 BODY=8BITMIME RET=HDRS ENVID=x", "250 2.1.0")]
    [InlineData("MAIL FROM:<@relay.example,@b.example:ann@example.org>", "250 2.1.0")]
    [InlineData("MAIL FROM:<ann@[127.0.0.1]> AUTH=<>", "250 2.1.0")]
    [InlineData("MAIL FROM:<ännchen@example.org> SMTPUTF8", "250 2.1.0")]
    [InlineData("MAIL FROM:<ännchen@example.org>", "553 5.6.7")]
    [InlineData("MAIL FROM: <ann@example.org>", "501 5.5.4")]
    [InlineData("MAIL FROM:ann@example.org", "501 5.5.4")]
    [InlineData("MAIL FROM:<ann@example.org", "501 5.5.4")]
    [InlineData("MAIL FROM:<ann@example.org>SIZE=1", "501 5.5.4")]
    [InlineData("MAIL TO:<ann@example.org>", "501 5.5.4")]
    [InlineData("MAIL FROM:<ann>", "501 5.1.7")]
    [InlineData("MAIL FROM:<a..b@example.org>", "501 5.1.7")]
    [InlineData("MAIL FROM:<a b@example.org>", "501 5.1.7")]
    [InlineData("MAIL FROM:<ann@-example.org>", "501 5.1.7")]
    [InlineData("MAIL FROM:<ann@example..org>", "501 5.1.7")]
    [InlineData("MAIL FROM:<ann@example.org> SIZE=x", "501 5.5.4")]
    [InlineData("MAIL FROM:<ann@example.org> BODY=BINARYMIME", "501 5.5.4")]
    [InlineData("MAIL FROM:<ann@example.org> WHAT=1", "555 5.5.4")]
    public async Task Mail_is_answered_with(string command, string code)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        // The raw client writes Latin-1; an address that is not ASCII goes over the wire as UTF-8.
        var reply = await client.AskAsync(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(command)));

        Assert.StartsWith(code, reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT TO:<bob@example.org> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob@example.org", "250 2.1.5")]
    [InlineData("RCPT TO:<postmaster>", "250 2.1.5")]
    [InlineData("RCPT TO:<>", "501 5.1.3")]
    [InlineData("RCPT TO:<bob>", "501 5.1.3")]
    [InlineData("RCPT FROM:<bob@example.org>", "501 5.5.4")]
    [InlineData("RCPT TO:<bob@example.org> NOTIFY=SOMETIMES", "501 5.5.4")]
    [InlineData("RCPT TO:<bob@example.org> SIZE=1", "555 5.5.4")]
    [InlineData("MAIL FROM:<again@example.org>", "503 5.5.1")]
    [InlineData("AUTH PLAIN AGEAYg==", "503 5.5.1")]
    [InlineData("DATA", "554 5.5.1")]
    public async Task After_mail_a_command_is_answered_with(string command, string code)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        await client.AskAsync("MAIL FROM:<alerts@example.org>");

        Assert.StartsWith(code, await client.AskAsync(command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helo_speaks_without_extensions()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.ConnectAsync(server);
        await client.ReplyAsync();

        Assert.Equal("250 mailbox.localhost", await client.AskAsync("HELO test"));
        Assert.StartsWith("555 5.5.4", await client.AskAsync("MAIL FROM:<a@example.org> SIZE=1"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.1.0", await client.AskAsync("MAIL FROM:<a@example.org>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rset_and_ehlo_end_a_mail_that_was_begun()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        foreach (var reset in (string[])["RSET", "EHLO test"])
        {
            await client.AskAsync("MAIL FROM:<a@example.org>");
            await client.AskAsync("RCPT TO:<b@example.org>");
            Assert.StartsWith("250", await client.AskAsync(reset), StringComparison.Ordinal);
            Assert.StartsWith("503", await client.AskAsync("DATA"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pipelined_commands_are_answered_in_their_order()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        await client.SendAsync("MAIL FROM:<a@example.org>\r\nRCPT TO:<bad>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n");
        string[] codes = [await client.ReplyAsync(), await client.ReplyAsync(), await client.ReplyAsync(), await client.ReplyAsync()];
        await client.SendAsync("Subject: one\r\n\r\n.\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<c@example.org>\r\nDATA\r\n");
        string[] more = [await client.ReplyAsync(), await client.ReplyAsync(), await client.ReplyAsync(), await client.ReplyAsync()];
        Assert.StartsWith("250", await client.AskAsync("Subject: two\r\n\r\n."), StringComparison.Ordinal);

        Assert.Equal(["250", "501", "250", "354"], codes.Select(reply => reply[..3]));
        Assert.Equal(["250", "250", "250", "354"], more.Select(reply => reply[..3]));
        Assert.Equal(["one", "two"], server.Mails.Select(mail => mail.Subject));
        Assert.Equal(["b@example.org", "c@example.org"], server.Mails.SelectMany(mail => mail.Recipients));
        Assert.Equal([1, 1], server.Mails.Select(mail => mail.ConnectionId));
    }

    [Fact]
    public async Task Bytes_that_trickle_in_one_by_one_are_the_same_mail()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.ConnectAsync(server);

        foreach (var one in "HELO test\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\nSubject: x\r\n\r\n..\r\n.\r\nQUIT\r\n")
            await client.SendAsync(one.ToString());
        var codes = new List<string>();
        while (await client.ReplyOrEndAsync() is { } reply)
            codes.Add(reply[..3]);

        Assert.Equal(["220", "250", "250", "250", "354", "250", "221"], codes);
        Assert.Equal("Subject: x\r\n\r\n.\r\n", Encoding.ASCII.GetString(Assert.Single(server.Mails).Raw.Span));
    }

    [Fact]
    public async Task A_command_line_over_the_limit_is_refused_and_the_next_one_served()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        Assert.StartsWith("250", await client.AskAsync("NOOP " + new string('x', 2_041)), StringComparison.Ordinal);
        Assert.StartsWith("500 5.5.2 Line too long", await client.AskAsync("NOOP " + new string('x', 2_042)), StringComparison.Ordinal);
        Assert.StartsWith("500 5.5.2 Line too long", await client.AskAsync("NOOP " + new string('x', 100_000)), StringComparison.Ordinal);
        Assert.StartsWith("250", await client.AskAsync("NOOP"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_only_errs_is_shown_out()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);

        for (var error = 1; error <= 50; error++)
            Assert.StartsWith("500", await client.AskAsync("WHAT"), StringComparison.Ordinal);

        Assert.StartsWith("421 4.7.0", await client.ReplyAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReplyOrEndAsync());
    }

    [Fact]
    public async Task One_recipient_too_many_gets_452_and_the_others_their_mail()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxRecipients = 2 }, TimeProvider.System);
        await using var client = await RawSmtp.GreetAsync(server);
        await client.AskAsync("MAIL FROM:<a@example.org>");
        await client.AskAsync("RCPT TO:<b@example.org>");
        await client.AskAsync("RCPT TO:<c@example.org>");

        Assert.StartsWith("452 4.5.3", await client.AskAsync("RCPT TO:<d@example.org>"), StringComparison.Ordinal);
        await client.AskAsync("DATA");
        Assert.StartsWith("250", await client.AskAsync("\r\n."), StringComparison.Ordinal);

        Assert.Equal(["b@example.org", "c@example.org"], Assert.Single(server.Mails).Recipients);
    }
}
