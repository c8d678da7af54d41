using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alerts.Demo.Mailbox;
using Alerts.Mail;
using Alerts.Mail.Smtp;
using Alerts.Outbox;
using Alerts.Testing;

namespace Alerts.Tests.Mail;

public sealed class SmtpConnectionPoolTests
{
    [Fact]
    public async Task Mails_in_a_row_share_one_connection()
    {
        await using var route = await MailRoute.OpenAsync();

        for (var number = 1; number <= 3; number++)
            Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync($"n{number}"));

        Assert.Equal(1, route.Mailbox.Connections.Value);
        Assert.Equal(1, route.Pool.Open);
    }

    [Fact]
    public async Task No_more_connections_are_made_than_set_and_every_mail_gets_its_turn()
    {
        var options = Mails.Settings();
        options.Connections = 2;
        await using var route = await MailRoute.OpenAsync(options);
        var hold = new TaskCompletionSource();
        route.Mailbox.OnStage = stage => stage is SmtpStage.Mail ? hold.Task : Task.CompletedTask;

        var mails = Enumerable.Range(1, 20).Select(number => route.SendAsync($"n{number}")).ToArray();
        await route.Mailbox.Connections.WaitForAsync(2, TestContext.Current.CancellationToken);
        hold.SetResult();
        await Task.WhenAll(mails).WaitAsync(TestContext.Current.CancellationToken);

        Assert.All(mails, mail => Assert.IsType<DeliveryResult.Accepted>(mail.Result));
        Assert.Equal(2, route.Mailbox.Connections.Value);
        Assert.Equal(20, route.Mailbox.AcceptedCount);
    }

    [Fact]
    public async Task A_mail_beyond_the_queue_is_deferred_at_once_and_one_that_waits_too_long_when_its_time_is_up()
    {
        var options = Mails.Settings();
        options.Connections = 1;
        options.QueueLimit = 1;
        await using var route = await MailRoute.OpenAsync(options);
        var (reached, hold) = route.HoldAt(SmtpStage.Mail);

        var first = route.SendAsync("first");
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        var second = WaitingAsync(route, "second");
        var third = await route.SendAsync("third");
        Assert.IsType<DeliveryResult.Deferred>(third);
        Assert.Equal(1, route.Pool.Waiting);

        route.Clock.Advance(options.QueueTimeout);
        Assert.IsType<DeliveryResult.Deferred>(await second);
        hold.SetResult();
        Assert.IsType<DeliveryResult.Accepted>(await first);
        Assert.Equal(1, route.Mailbox.AcceptedCount);
    }

    [Fact]
    public async Task A_mail_that_is_not_wanted_any_more_when_its_turn_comes_is_not_sent()
    {
        var options = Mails.Settings();
        options.Connections = 1;
        await using var route = await MailRoute.OpenAsync(options);
        var (reached, hold) = route.HoldAt(SmtpStage.Mail);
        var isWanted = true;

        var first = route.SendAsync("first");
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        var second = WaitingAsync(route, "second", () => Volatile.Read(ref isWanted));
        Volatile.Write(ref isWanted, false);
        hold.SetResult();

        Assert.IsType<DeliveryResult.Accepted>(await first);
        Assert.IsType<DeliveryResult.Withdrawn>(await second);
        Assert.Equal(1, route.Mailbox.AcceptedCount);
        Assert.False(await route.Log.WasAcceptedAsync("second", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_takes_its_time_is_left_when_the_time_is_up_and_the_pool_recovers()
    {
        await using var route = await MailRoute.OpenAsync();
        var (reached, hold) = route.HoldAt(SmtpStage.AfterDot);

        var mail = route.SendAsync();
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        route.Clock.Advance(Mails.Settings().SendTimeout);

        Assert.Equal(new DeliveryResult.Deferred("The mail server did not answer in time."), await mail);
        route.Mailbox.OnStage = null;
        hold.SetResult();
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("next"));
    }

    [Fact]
    public async Task A_kept_connection_that_the_server_closed_costs_the_mail_nothing()
    {
        await using var route = await MailRoute.OpenAsync();
        await route.SendAsync("first");
        await route.Mailbox.CloseSmtpAsync();
        await route.Mailbox.OpenSmtpAsync();

        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("second"));

        Assert.Equal(2, route.Mailbox.Connections.Value);
        Assert.Equal(2, route.Mailbox.AcceptedCount);
        Assert.Equal(1, route.Pool.Open);
    }

    [Fact]
    public async Task A_connection_is_asked_with_NOOP_when_it_was_idle_and_not_while_it_is_in_use()
    {
        var options = Mails.Settings();
        await using var route = await MailRoute.OpenAsync(options);
        var asked = 0;
        route.Mailbox.OnStage = stage =>
        {
            if (stage is SmtpStage.Noop)
                Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        };
        await route.SendAsync("first");

        route.Clock.Advance(options.ProbeAfter - TimeSpan.FromTicks(1));
        await route.SendAsync("second");
        Assert.Equal(0, asked);
        route.Clock.Advance(options.ProbeAfter);
        await route.SendAsync("third");

        Assert.Equal((1, 1), (asked, route.Mailbox.Connections.Value));
    }

    [Fact]
    public async Task No_mail_is_risked_on_an_idle_connection_whose_server_does_not_say_that_it_is_there()
    {
        var options = Mails.Settings();
        await using var route = await MailRoute.OpenAsync(options);
        route.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Noop, 421, "4.4.2 Idle for too long") with { Times = 1 });
        await route.SendAsync("first");

        route.Clock.Advance(options.ProbeAfter);
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("second"));

        Assert.Equal((2, 1), (route.Mailbox.Connections.Value, route.Pool.Open));
    }

    [Fact]
    public async Task A_connection_that_nobody_uses_is_closed_by_itself()
    {
        var options = Mails.Settings();
        await using var route = await MailRoute.OpenAsync(options);
        await route.SendAsync("first");
        Assert.Equal(1, route.Pool.Open);

        route.Clock.Advance(options.IdleTimeout);

        Assert.Equal(0, route.Pool.Open);
    }

    [Fact]
    public async Task A_connection_idle_for_longer_than_set_is_not_used_though_it_was_not_closed_yet()
    {
        var options = Mails.Settings();
        await using var route = await MailRoute.OpenAsync(options);
        // The connections are looked at once in this time: half of it later, this one is young.
        route.Clock.Advance(options.IdleTimeout / 2);
        await route.SendAsync("first");
        route.Clock.Advance(options.IdleTimeout / 2);
        Assert.Equal(1, route.Pool.Open);

        route.Clock.Advance(options.IdleTimeout / 2);
        await route.SendAsync("second");

        Assert.Equal((2, 1), (route.Mailbox.Connections.Value, route.Pool.Open));
    }

    [Fact]
    public async Task A_connection_is_replaced_after_as_many_mails_as_set()
    {
        var options = Mails.Settings();
        options.MailsPerConnection = 2;
        await using var route = await MailRoute.OpenAsync(options);

        for (var number = 1; number <= 5; number++)
            await route.SendAsync($"n{number}");

        Assert.Equal(3, route.Mailbox.Connections.Value);
    }

    [Fact]
    public async Task While_the_server_is_away_it_is_looked_for_after_a_second_then_two_and_found_when_it_is_back()
    {
        await using var route = await MailRoute.OpenAsync();
        await route.Mailbox.CloseSmtpAsync();
        Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync("1"));
        route.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync("2"));
        await route.Mailbox.OpenSmtpAsync();

        route.Clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync("3"));
        Assert.Equal(0, route.Mailbox.Connections.Value);
        route.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("4"));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_mail_when_it_is_required()
    {
        var options = Mails.Settings();
        options.Security = SmtpSecurity.StartTls;
        await using var route = await MailRoute.OpenAsync(options);

        var result = Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync());

        Assert.Contains("STARTTLS", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, route.Mailbox.AcceptedCount);
    }

    [Fact]
    public async Task STARTTLS_and_AUTH_are_used_as_set_and_a_certificate_nobody_vouches_for_is_refused()
    {
        using var folder = new TempFolder();
        using var certificate = CertificateFor("localhost");
        var options = Mails.Settings();
        options.Host = "localhost";
        options.Security = SmtpSecurity.StartTls;
        options.User = "alerts";
        options.Password = "secret";
        var server = new MailboxOptions { Certificate = certificate, RequireAuthentication = true, User = "alerts", Password = "secret" };
        await using (var unknown = await MailRoute.OpenAsync(options, server))
        {
            Assert.IsType<DeliveryResult.Deferred>(await unknown.SendAsync());
            Assert.Equal(0, unknown.Mailbox.AcceptedCount);
        }

        options.TrustedCertificateFile = folder["certificate.pem"];
        await File.WriteAllTextAsync(options.TrustedCertificateFile, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using (var trusted = await MailRoute.OpenAsync(options, server))
            Assert.IsType<DeliveryResult.Accepted>(await trusted.SendAsync());

        options.Password = "wrong";
        await using (var wrong = await MailRoute.OpenAsync(options, server))
        {
            var result = Assert.IsType<DeliveryResult.Deferred>(await wrong.SendAsync());
            Assert.Contains("535", result.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_address_outside_ASCII_is_sent_to_as_it_is_and_its_domain_as_the_name_service_knows_it()
    {
        await using var route = await MailRoute.OpenAsync();

        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("local", to: "jürgen@bücher.example"));
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("domain", to: "ann@bücher.example"));

        // The domain alone needs no SMTPUTF8.
        Assert.Equal(["ann@xn--bcher-kva.example"], route.Mailbox.Mails[1].Recipients);
        Assert.Equal(["jürgen@bücher.example"], route.Mailbox.Mails[0].Recipients);
        Assert.Equal("jürgen@bücher.example", route.Mailbox.Mails[0].Message.To.Mailboxes.Single().Address);
        Assert.Equal("ann@xn--bcher-kva.example", route.Mailbox.Mails[1].Message.To.Mailboxes.Single().GetAddress(idnEncode: true));
    }

    /// <summary>A mail that is known to be waiting for a connection.</summary>
    static Task<DeliveryResult> WaitingAsync(MailRoute route, string id, Func<bool>? isWanted = null)
    {
        var mail = route.SendAsync(id, isWanted: isWanted);
        Assert.True(SpinWait.SpinUntil(() => route.Pool.Waiting == 1, TimeSpan.FromSeconds(30)));
        return mail;
    }

    static X509Certificate2 CertificateFor(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
