using Alerts.Demo.Mailbox;
using Alerts.Mail.Smtp;
using Alerts.Outbox;

namespace Alerts.Tests.Mail;

/// <summary>Every misbehaviour of the mail server ends as documented, and the next mail leaves without anybody's help.</summary>
public sealed class SmtpFaultTests
{
    public static TheoryData<SmtpStage, int, string> Deferring => new()
    {
        { SmtpStage.Connect, 421, "4.3.2 Too many connections" },
        { SmtpStage.Connect, 554, "5.3.2 No service for you" },
        { SmtpStage.Hello, 421, "4.3.2 Shutting down" },
        { SmtpStage.Mail, 421, "4.3.2 Shutting down" },
        { SmtpStage.Mail, 451, "4.3.0 Try later" },
        { SmtpStage.Mail, 550, "5.7.1 Sender not allowed" },
        { SmtpStage.Mail, 530, "5.7.0 Authentication required" },
        { SmtpStage.Rcpt, 421, "4.3.2 Shutting down" },
        { SmtpStage.Rcpt, 550, "5.1.8 The sender has a bad domain" },
        { SmtpStage.Rcpt, 550, "5.7.1 Policy" },
        { SmtpStage.Rcpt, 550, "relay not permitted" },
        { SmtpStage.Rcpt, 554, "5.7.1 Relay access denied" },
        { SmtpStage.AfterDot, 550, "Looks like spam" },
        { SmtpStage.Rcpt, 450, "4.2.1 Greylisted" },
        { SmtpStage.Rcpt, 452, "4.2.2 Mailbox full for now" },
        { SmtpStage.Data, 421, "4.3.2 Shutting down" },
        { SmtpStage.AfterDot, 421, "4.3.2 Shutting down" },
        { SmtpStage.AfterDot, 450, "4.7.1 Slow down" },
    };

    public static TheoryData<SmtpStage, int, string, bool> Refusing => new()
    {
        { SmtpStage.Rcpt, 550, "5.1.1 No such mailbox", true },
        { SmtpStage.Rcpt, 550, "5.1.10 The domain takes no mail", true },
        { SmtpStage.Rcpt, 550, "No such user here", true },
        { SmtpStage.Rcpt, 550, "5.2.1 Mailbox disabled", true },
        { SmtpStage.Rcpt, 553, "Mailbox name not allowed", true },
        { SmtpStage.Rcpt, 552, "5.2.2 Mailbox full", false },
        { SmtpStage.Mail, 552, "5.3.4 Message too big", false },
        { SmtpStage.Data, 554, "5.5.1 No valid recipients", false },
        { SmtpStage.AfterDot, 552, "5.2.3 Message too big", false },
        { SmtpStage.AfterDot, 554, "5.6.0 Content rejected", false },
    };

    public static TheoryData<SmtpStage, MailboxFaultKind> Breaking => new()
    {
        { SmtpStage.Connect, MailboxFaultKind.Drop },
        { SmtpStage.Hello, MailboxFaultKind.Drop },
        { SmtpStage.Rcpt, MailboxFaultKind.Drop },
        { SmtpStage.Body, MailboxFaultKind.Drop },
        { SmtpStage.AfterDot, MailboxFaultKind.Drop },
        { SmtpStage.Accepted, MailboxFaultKind.Drop },
        { SmtpStage.Connect, MailboxFaultKind.Garbage },
        { SmtpStage.Mail, MailboxFaultKind.Garbage },
        { SmtpStage.Rcpt, MailboxFaultKind.Garbage },
        { SmtpStage.AfterDot, MailboxFaultKind.Garbage },
        { SmtpStage.Hello, MailboxFaultKind.Garbage },
        { SmtpStage.Data, MailboxFaultKind.Garbage },
        { SmtpStage.Mail, MailboxFaultKind.Drop },
        { SmtpStage.Data, MailboxFaultKind.Drop },
    };

    [Theory, MemberData(nameof(Deferring))]
    public async Task A_passing_refusal_defers_the_mail(SmtpStage stage, int code, string text)
    {
        await using var route = await MailRoute.OpenAsync();
        route.Mailbox.Faults.Add(MailboxFault.Reply(stage, code, text) with { Times = 1 });

        var result = await route.SendAsync();

        var deferred = Assert.IsType<DeliveryResult.Deferred>(result);
        Assert.Contains(text, deferred.Reason, StringComparison.Ordinal);
        Assert.Equal(0, route.Mailbox.AcceptedCount);
        await TheNextMailLeavesAsync(route);
    }

    [Theory, MemberData(nameof(Refusing))]
    public async Task A_lasting_refusal_ends_the_mail_and_tells_a_dead_address_from_a_living_one(SmtpStage stage, int code, string text, bool isDead)
    {
        await using var route = await MailRoute.OpenAsync();
        route.Mailbox.Faults.Add(MailboxFault.Reply(stage, code, text) with { Times = 1 });

        var result = await route.SendAsync();

        Assert.Equal(new DeliveryResult.Refused($"{code} {text}", isDead), result);
        Assert.Equal(0, route.Mailbox.AcceptedCount);
        await TheNextMailLeavesAsync(route);
    }

    [Theory, MemberData(nameof(Breaking))]
    public async Task A_broken_conversation_defers_the_mail(SmtpStage stage, MailboxFaultKind kind)
    {
        await using var route = await MailRoute.OpenAsync();
        route.Mailbox.Faults.Add(new MailboxFault { Stage = stage, Kind = kind, Times = 1 });

        var result = await route.SendAsync();

        Assert.IsType<DeliveryResult.Deferred>(result);
        await TheNextMailLeavesAsync(route);
    }

    public static TheoryData<SmtpStage> Stages => [.. Enum.GetValues<SmtpStage>().Except([SmtpStage.Noop, SmtpStage.Auth])];

    [Theory, MemberData(nameof(Stages))]
    public async Task Silence_at_any_stage_defers_the_mail_and_gives_the_connection_up(SmtpStage stage)
    {
        await using var route = await MailRoute.OpenAsync();
        var (reached, hold) = route.HoldAt(stage);

        var mail = route.SendAsync("silent");
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        route.Clock.Advance(Mails.Settings().SendTimeout);

        Assert.IsType<DeliveryResult.Deferred>(await mail.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, route.Pool.Open);
        route.Mailbox.OnStage = null;
        await TheNextMailLeavesAsync(route);
        hold.SetResult();
    }

    [Fact]
    public async Task A_kept_connection_whose_server_is_silent_at_NOOP_is_replaced()
    {
        await using var route = await MailRoute.OpenAsync();
        await route.SendAsync("first");
        route.Clock.Advance(Mails.Settings().ProbeAfter);
        var (reached, hold) = route.HoldAt(SmtpStage.Noop);

        var second = route.SendAsync("second");
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        route.Clock.Advance(Mails.Settings().ConnectTimeout);

        Assert.IsType<DeliveryResult.Accepted>(await second.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal((2, 1), (route.Mailbox.Connections.Value, route.Pool.Open));
        hold.SetResult();
    }

    [Theory]
    [InlineData(MailboxFaultKind.Drop)]
    [InlineData(MailboxFaultKind.Garbage)]
    public async Task A_kept_connection_whose_server_breaks_at_NOOP_is_replaced(MailboxFaultKind kind)
    {
        await using var route = await MailRoute.OpenAsync();
        await route.SendAsync("first");
        route.Clock.Advance(Mails.Settings().ProbeAfter);
        route.Mailbox.Faults.Add(new MailboxFault { Stage = SmtpStage.Noop, Kind = kind, Times = 1 });

        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("second"));

        Assert.Equal((2, 1), (route.Mailbox.Connections.Value, route.Pool.Open));
    }

    [Fact]
    public async Task A_sender_who_gives_up_while_a_kept_connection_is_asked_leaves_no_connection_behind()
    {
        await using var route = await MailRoute.OpenAsync();
        await route.SendAsync("first");
        route.Clock.Advance(Mails.Settings().ProbeAfter);
        var (reached, hold) = route.HoldAt(SmtpStage.Noop);
        using var givesUp = new CancellationTokenSource();

        var second = route.SendAsync("second", cancellationToken: givesUp.Token);
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        await givesUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(0, route.Pool.Open);
        hold.SetResult();
    }

    [Fact]
    public async Task A_certificate_file_that_is_gone_defers_the_mail()
    {
        var options = Mails.Settings();
        options.TrustedCertificateFile = "/no/such/certificate.pem";
        await using var route = await MailRoute.OpenAsync(options);

        Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync());
        Assert.Equal(0, route.Pool.Open);
    }

    [Fact]
    public async Task The_address_is_taken_out_of_the_servers_words()
    {
        await using var route = await MailRoute.OpenAsync();
        route.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 <Ann@Example.org>: ann is unknown to example.org") with { Times = 1 });

        var result = await route.SendAsync();

        Assert.Equal(new DeliveryResult.Refused("550 5.1.1 <(address)>: (address) is unknown to example.org", AddressIsDead: true), result);
    }

    [Fact]
    public void The_address_is_taken_out_of_the_words_of_any_fault()
    {
        var recipient = new MimeKit.MailboxAddress("", "ann@example.org");

        Assert.Equal(
            new DeliveryResult.Deferred("No route for (address), says (address)"),
            SmtpFault.ResultOf(new IOException("No route for ann@example.org,\r\nsays postmaster@example.net"), recipient) is DeliveryResult.Deferred { Reason: var said }
                ? new DeliveryResult.Deferred(said.Replace("  ", " ", StringComparison.Ordinal))
                : null);
    }

    static async Task TheNextMailLeavesAsync(MailRoute route)
    {
        // Past the pause after a connection that failed.
        route.Clock.Advance(TimeSpan.FromSeconds(1));
        var before = route.Mailbox.AcceptedCount;
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync(id: "next"));
        Assert.Equal(before + 1, route.Mailbox.AcceptedCount);
    }
}
