using Alerts.Demo.Mailbox;
using Alerts.Mail.Smtp;
using Alerts.Outbox;
using MailKit.Net.Smtp;
using MimeKit;

namespace Alerts.Tests.Mail;

/// <summary>Whom a refusal is about, in the words of real mail servers, and what follows for the people concerned.</summary>
public sealed class SmtpRefusalTests
{
    static readonly MailboxAddress ann = new("", "ann@example.org");

    /// <summary>The table <c>smtp-refusals.tsv</c>: command, subject, reply, server.</summary>
    public static TheoryData<string, string, string, string> Wordings
    {
        get
        {
            using var file = new StreamReader(typeof(SmtpRefusalTests).Assembly.GetManifestResourceStream("smtp-refusals.tsv")!);
            var rows = file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(row => !row.StartsWith('#'));
            return [.. rows.Select(row => row.Split('\t')).Select(cells => (cells[0], cells[1], cells[2], cells[3]))];
        }
    }

    [Fact]
    public void The_table_has_sixty_wordings_and_some_of_each_subject()
    {
        var wordings = Wordings.ToList();
        Assert.InRange(wordings.Count, 60, int.MaxValue);
        Assert.Equal(["Mail", "Mailbox", "Sender"], wordings.CountBy(row => row.Data.Item2).Where(subject => subject.Value >= 5).Select(subject => subject.Key).Order());
    }

    [Theory, MemberData(nameof(Wordings))]
    public void A_refusal_is_about_whom_its_server_means(string command, string subject, string reply, string server)
    {
        var stage = command switch
        {
            "MAIL" => SmtpErrorCode.SenderNotAccepted,
            "RCPT" => SmtpErrorCode.RecipientNotAccepted,
            _ => SmtpErrorCode.MessageNotAccepted,
        };
        var lines = reply.Split("\\n");
        // As MailKit hands them over: without the codes, a line each.
        var text = string.Join('\n', lines.Select(line => line.Length > 4 ? line[4..] : ""));
        var fault = new SmtpCommandException(stage, (SmtpStatusCode)int.Parse(lines[0][..3], null), ann, text);

        var result = SmtpFault.ResultOf(fault, ann);

        Assert.Equal((server, subject), (server, result switch
        {
            DeliveryResult.Refused { AddressIsDead: true } => "Mailbox",
            DeliveryResult.Refused => "Mail",
            DeliveryResult.Deferred { Cause: DeferralCause.Sender } => "Sender",
            _ => result.ToString(),
        }));
    }

    [Fact]
    public async Task More_than_three_recipients_refused_alike_in_a_row_are_our_fault_until_a_mail_is_accepted()
    {
        await using var route = await MailRoute.OpenAsync();
        route.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 User unknown") with { Times = 7 });

        var results = new List<DeliveryResult>();
        foreach (var name in (string[])["ann", "bea", "ann", "cem", "dan", "ann", "eve"])
            results.Add(await route.SendAsync(name, to: $"{name}@example.org"));

        Assert.Equal("RRRRDDD", string.Concat(results.Select(result => result.GetType().Name[0])));
        Assert.All(results.Skip(4), result => Assert.Equal(new DeliveryResult.Deferred("550 5.1.1 User unknown", DeferralCause.Sender), result));
        Assert.Single(route.Logged, line => line.Contains("refuses this service", StringComparison.Ordinal));
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("mended"));
        route.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 User unknown") with { Times = 1 });
        Assert.IsType<DeliveryResult.Refused>(await route.SendAsync("later", to: "eve@example.org"));
    }

    [Fact]
    public async Task Different_words_in_between_end_the_row()
    {
        await using var route = await MailRoute.OpenAsync();
        for (var number = 0; number < 6; number++)
            route.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, number % 2 == 0 ? "5.1.1 User unknown" : "5.2.1 Closed") with { Times = 1 });

        for (var number = 0; number < 6; number++)
            Assert.IsType<DeliveryResult.Refused>(await route.SendAsync($"n{number}", to: $"user{number}@example.org"));
    }

    [Theory]
    [InlineData("550 5.1.1 <(address)>: unknown id 17")]
    [InlineData("550 5.1.1 (address) has no mailbox, request 4711-abc")]
    public void Words_are_alike_whatever_addresses_and_numbers_are_in_them(string words)
    {
        var refusals = new AlikeRefusals();
        var results = Enumerable.Range(0, 4).Select(number => refusals.Judge(
            new DeliveryResult.Refused(words.Replace("17", $"{number}8", StringComparison.Ordinal).Replace("4711", $"{number}", StringComparison.Ordinal), AddressIsDead: true),
            $"user{number}@example.org"));

        Assert.Equal([false, false, false, true], results.Select(result => result is DeliveryResult.Deferred));
    }
}
