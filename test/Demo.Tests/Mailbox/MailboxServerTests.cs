using System.Net.Sockets;
using Alerts.Demo.Loopback;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Mailbox;

public class MailboxServerTests
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_mails_are_kept_and_all_are_counted()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxKeptMails = 2 }, clock);
        await SendAsync(server, "one", "two", "three");

        Assert.Equal(["two", "three"], server.Mails.Select(mail => mail.Subject));
        Assert.Equal([2, 3], server.Mails.Select(mail => mail.Sequence));
        Assert.Equal(3, server.AcceptedCount);
    }

    [Fact]
    public async Task Mails_are_kept_within_a_size_but_for_the_newest()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxKeptBytes = 40 }, clock);
        await SendAsync(server, "one", "two", "three");
        Assert.Equal(["two", "three"], server.Mails.Select(mail => mail.Subject));

        await SendAsync(server, new string('x', 100));
        Assert.Equal([new string('x', 100)], server.Mails.Select(mail => mail.Subject));
    }

    [Fact]
    public async Task A_mailbox_that_only_counts_keeps_nothing()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxKeptMails = 0 }, clock);
        await SendAsync(server, "one", "two");

        Assert.Empty(await server.WaitForCountAsync(2, Cancellation));
        Assert.Equal(2, server.AcceptedCount);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.WaitForMailAsync(_ => true, Cancellation));
    }

    [Fact]
    public async Task A_mail_can_be_awaited_before_and_after_it_comes()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), clock);
        var before = server.WaitForMailAsync(mail => mail.Subject == "two", Cancellation);
        var count = server.WaitForCountAsync(3, Cancellation);
        await SendAsync(server, "one", "two");
        var after = await server.WaitForMailAsync(mail => mail.Subject == "two", Cancellation);

        Assert.Same(after, await before);
        Assert.False(count.IsCompleted);
        await SendAsync(server, "three");
        Assert.Equal(["one", "two", "three"], (await count).Select(mail => mail.Subject));
    }

    [Fact]
    public async Task Waiting_ends_with_its_cancellation()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var mail = server.WaitForMailAsync(_ => true, stop.Token);
        var count = server.WaitForCountAsync(1, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mail);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => count);
    }

    [Fact]
    public async Task Clearing_forgets_the_mails_and_their_count_but_not_the_numbers_given()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), clock);
        await SendAsync(server, "one");
        server.Clear();

        Assert.Empty(server.Mails);
        Assert.Equal(0, server.AcceptedCount);
        await SendAsync(server, "two");
        Assert.Equal(2, Assert.Single(server.Mails).Sequence);
    }

    [Fact]
    public async Task One_connection_too_many_is_told_so_and_room_is_made_by_a_leaver()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { MaxConnections = 1 }, clock);
        await using (var first = await RawSmtp.GreetAsync(server))
        {
            await using var second = await RawSmtp.ConnectAsync(server);
            Assert.StartsWith("421 4.7.0 Too many connections", await second.ReplyAsync(), StringComparison.Ordinal);
            Assert.Null(await second.ReplyOrEndAsync());

            Assert.StartsWith("221", await first.AskAsync("QUIT"), StringComparison.Ordinal);
            Assert.Null(await first.ReplyOrEndAsync());
        }
        Assert.Equal(2, server.Connections.Value);
    }

    [Fact]
    public async Task A_silent_connection_is_ended_after_the_idle_timeout_and_a_talking_one_is_not()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), clock);
        await using var silent = await RawSmtp.GreetAsync(server);
        await using var talking = await RawSmtp.GreetAsync(server);

        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.StartsWith("250", await talking.AskAsync("NOOP"), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.StartsWith("421 4.4.2", await silent.ReplyAsync(), StringComparison.Ordinal);
        Assert.Null(await silent.ReplyOrEndAsync());
        Assert.StartsWith("250", await talking.AskAsync("NOOP"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smtp_goes_down_and_comes_back_on_its_port_with_the_mails_still_there()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), clock);
        await SendAsync(server, "one");
        await using var open = await RawSmtp.GreetAsync(server);

        await server.CloseSmtpAsync();
        var refused = await Assert.ThrowsAsync<SocketException>(() => RawSmtp.ConnectAsync(server));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        await Assert.ThrowsAnyAsync<IOException>(open.ReplyOrEndAsync);
        Assert.Equal(0, server.OpenConnections);

        await server.OpenSmtpAsync();
        await SendAsync(server, "two");
        Assert.Equal(["one", "two"], server.Mails.Select(mail => mail.Subject));
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_setting_that_moves_it()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), clock);

        var smtp = await Assert.ThrowsAsync<PortInUseException>(() => MailboxServer.StartAsync(new MailboxOptions { SmtpPort = server.SmtpPort }, clock));
        var page = await Assert.ThrowsAsync<PortInUseException>(() => MailboxServer.StartAsync(new MailboxOptions { PagePort = server.PageUrl.Port }, clock));

        Assert.Equal($"Port {server.SmtpPort} is in use; set Demo__SmtpPort to another.", smtp.Message);
        Assert.Equal($"Port {server.PageUrl.Port} is in use; set Demo__MailboxPort to another.", page.Message);
    }

    [Fact]
    public async Task A_stopped_mailbox_frees_its_ports()
    {
        var first = await MailboxServer.StartAsync(new MailboxOptions(), clock);
        await SendAsync(first, "one");
        var options = new MailboxOptions { SmtpPort = first.SmtpPort, PagePort = first.PageUrl.Port };
        await first.DisposeAsync();

        await using var second = await MailboxServer.StartAsync(options, clock);

        Assert.Empty(second.Mails);
    }

    static async Task SendAsync(MailboxServer server, params string[] subjects)
    {
        await using var client = await RawSmtp.GreetAsync(server);
        foreach (var subject in subjects)
        {
            await client.BeginDataAsync();
            Assert.StartsWith("250", await client.AskAsync($"Subject: {subject}\r\n."), StringComparison.Ordinal);
        }
    }
}
