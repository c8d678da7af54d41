using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Tests.Support;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Alerts.Demo.Tests.Mailbox;

public class MailboxFaultTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpStage.Connect, 421, 0)]
    [InlineData(SmtpStage.Hello, 451, 0)]
    [InlineData(SmtpStage.Mail, 450, 0)]
    [InlineData(SmtpStage.Rcpt, 550, 0)]
    [InlineData(SmtpStage.Data, 451, 0)]
    [InlineData(SmtpStage.AfterDot, 554, 0)]
    [InlineData(SmtpStage.Accepted, 451, 1)]
    public async Task A_reply_strikes_at_its_stage_so_often_and_then_all_is_well(SmtpStage stage, int code, int accepted)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        server.Faults.Add(MailboxFault.Reply(stage, code, "4.0.0 On demand") with { Times = 1 });

        Assert.Equal($"{code} 4.0.0 On demand", await FirstRefusalAsync(server));
        Assert.Equal(accepted, server.AcceptedCount);
        Assert.Empty(server.Faults.Active);

        Assert.Null(await FirstRefusalAsync(server));
        Assert.Equal(accepted + 1, server.AcceptedCount);
        Assert.Equal(1, server.Faults.Struck.Value);
    }

    [Theory]
    [InlineData(SmtpStage.Connect, 0)]
    [InlineData(SmtpStage.Rcpt, 0)]
    [InlineData(SmtpStage.Body, 0)]
    [InlineData(SmtpStage.AfterDot, 0)]
    [InlineData(SmtpStage.Accepted, 1)]
    public async Task A_drop_resets_the_connection_at_its_stage(SmtpStage stage, int accepted)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        server.Faults.Add(MailboxFault.Drop(stage));

        // Reset while it is still being connected, the socket says so itself; later its stream does.
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => FirstRefusalAsync(server));

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(exception.GetBaseException()).SocketErrorCode);
        Assert.Equal(accepted, server.AcceptedCount);
        Assert.Equal(stage, Assert.Single(server.Faults.Active).Stage);
    }

    [Fact]
    public async Task Garbage_makes_MailKit_give_up()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        server.Faults.Add(MailboxFault.Garbage(SmtpStage.AfterDot) with { Times = 1 });
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", server.SmtpPort, SecureSocketOptions.None, Cancellation);

        await Assert.ThrowsAsync<SmtpProtocolException>(() => client.SendAsync(Message("ann@example.org"), Cancellation));

        Assert.Equal(0, server.AcceptedCount);
    }

    [Fact]
    public async Task A_fault_for_one_recipient_leaves_the_others_alone()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        server.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 No such mailbox") with { Recipient = "Bob@Example.org" });
        server.Faults.Add(MailboxFault.Reply(SmtpStage.AfterDot, 554, "5.7.1 No") with { Recipient = "charlie@example.org" });
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", server.SmtpPort, SecureSocketOptions.None, Cancellation);

        await client.SendAsync(Message("ann@example.org"), Cancellation);
        var bob = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Message("bob@example.org"), Cancellation));
        var charlie = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Message("charlie@example.org"), Cancellation));
        await client.SendAsync(Message("dora@example.org"), Cancellation);

        Assert.Equal(SmtpErrorCode.RecipientNotAccepted, bob.ErrorCode);
        Assert.Equal(SmtpErrorCode.MessageNotAccepted, charlie.ErrorCode);
        Assert.Equal(["ann@example.org", "dora@example.org"], server.Mails.SelectMany(mail => mail.Recipients));
    }

    [Fact]
    public async Task A_slow_stage_waits_and_does_not_hold_up_the_end_of_the_server()
    {
        var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        server.Faults.Add(MailboxFault.Slow(SmtpStage.Connect, TimeSpan.FromMinutes(10)));
        await using var client = await RawSmtp.ConnectAsync(server);
        await server.Faults.Struck.WaitForAsync(1, Cancellation);

        await server.DisposeAsync();

        await Assert.ThrowsAnyAsync<IOException>(client.ReplyOrEndAsync);
    }

    [Fact]
    public async Task A_delay_and_a_reply_at_one_stage_both_strike()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        server.Faults.Add(MailboxFault.Slow(SmtpStage.Mail, TimeSpan.Zero));
        server.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 421, "4.3.2 Later"));

        Assert.Equal("421 4.3.2 Later", await FirstRefusalAsync(server));
        Assert.Equal(2, server.Faults.Struck.Value);
    }

    [Fact]
    public async Task A_test_can_hold_a_conversation_exactly_at_a_stage()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        var stages = new List<SmtpStage>();
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        server.OnStage = async stage =>
        {
            stages.Add(stage);
            if (stage is not SmtpStage.AfterDot)
                return;
            reached.SetResult();
            await release.Task;
        };

        var sending = FirstRefusalAsync(server);
        await reached.Task.WaitAsync(Cancellation);
        Assert.Equal(0, server.AcceptedCount);
        release.SetResult();

        Assert.Null(await sending);
        Assert.Equal(1, server.AcceptedCount);
        Assert.Equal(
            [SmtpStage.Connect, SmtpStage.Hello, SmtpStage.Mail, SmtpStage.Rcpt, SmtpStage.Data, SmtpStage.Body, SmtpStage.AfterDot, SmtpStage.Accepted], stages);
    }

    [Fact]
    public async Task Faults_are_asked_for_over_HTTP()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };

        await http.PutAsJsonAsync("demo/faults", new[] { new { kind = "drop", stage = "accepted", times = 2, recipient = "ann@example.org" } }, Cancellation);
        Assert.Equal(MailboxFault.Drop(SmtpStage.Accepted) with { Times = 2, Recipient = "ann@example.org" }, Assert.Single(server.Faults.Active));

        await http.PostAsJsonAsync("demo/faults", new { kind = "reply", stage = "mail", code = 421, text = "4.3.2 Later" }, Cancellation);
        var listed = await http.GetFromJsonAsync<JsonArray>("demo/faults", Cancellation);
        Assert.Equal(["drop", "reply"], listed!.Select(fault => (string?)fault!["kind"]));

        await http.DeleteAsync("demo/faults", Cancellation);
        Assert.Empty(server.Faults.Active);
    }

    [Theory]
    [InlineData("""{"kind":"reply","stage":"mail"}""")]
    [InlineData("""{"kind":"reply","stage":"mail","code":250,"text":"fine"}""")]
    [InlineData("""{"kind":"reply","stage":"mail","code":450,"text":"two\r\nlines"}""")]
    [InlineData("""{"kind":"reply","stage":"body","code":450,"text":"x"}""")]
    [InlineData("""{"kind":"drop","stage":"mail","times":0}""")]
    [InlineData("""{"kind":"drop","stage":"mail","recipient":"ann@example.org"}""")]
    [InlineData("""{"kind":"delay","stage":"mail"}""")]
    [InlineData("""{"kind":"delay","stage":"mail","delay":"01:00:00"}""")]
    [InlineData("""{"kind":"drop"}""")]
    [InlineData("""{"kind":"drop","stage":"mail","often":3}""")]
    [InlineData("""{"kind":1,"stage":"mail"}""")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task A_fault_that_makes_no_sense_is_refused(string json)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };
        using var content = new StringContent(json, null, "application/json");

        using var response = await http.PostAsync("demo/faults", content, Cancellation);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.NotEmpty((string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["error"]!);
        Assert.Empty(server.Faults.Active);
    }

    [Fact]
    public async Task Faults_are_taken_as_JSON_only()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };
        using var content = new StringContent("""{"kind":"drop","stage":"mail"}""", null, "text/plain");

        using var response = await http.PostAsync("demo/faults", content, Cancellation);

        Assert.Equal(415, (int)response.StatusCode);
    }

    /// <summary>Sends one mail command by command; the first reply that is no success, or null.</summary>
    static async Task<string?> FirstRefusalAsync(MailboxServer server)
    {
        await using var client = await RawSmtp.ConnectAsync(server);
        var reply = await client.ReplyAsync();
        foreach (var line in (string[])["EHLO test", "MAIL FROM:<a@example.org>", "RCPT TO:<ann@example.org>", "DATA", "Subject: x\r\n\r\nbody\r\n."])
        {
            if (reply[0] is '4' or '5')
                return reply;
            reply = await client.AskAsync(line);
        }
        return reply[0] is '4' or '5' ? reply : null;
    }

    static MimeMessage Message(string to) =>
        new([MailboxAddress.Parse("alerts@example.org")], [MailboxAddress.Parse(to)], "x", new TextPart("plain") { Text = "x" });
}
