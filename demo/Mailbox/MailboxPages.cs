using System.Globalization;
using System.Text;
using Alerts.Demo.Faults;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Mailbox;

/// <summary>The mailbox as people and programs read it: the list, as a page and as JSON, and the button that clears it.</summary>
sealed class MailboxPages(MailStore store, FaultBoard<MailboxFault> faults, MailboxOptions options, int smtpPort)
{
    const int RowsPerPage = 100;
    const int MaxJsonLimit = 1_000;

    static readonly (string Label, MailboxFault Fault)[] Presets =
    [
        ("550 5.1.1 at RCPT, once", MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 No such mailbox") with { Times = 1 }),
        ("450 4.2.1 at RCPT, 3 times", MailboxFault.Reply(SmtpStage.Rcpt, 450, "4.2.1 Mailbox busy, try again later") with { Times = 3 }),
        ("554 5.7.1 after the dot, once", MailboxFault.Reply(SmtpStage.AfterDot, 554, "5.7.1 Refused by policy") with { Times = 1 }),
        ("421 at connect, 3 times", MailboxFault.Reply(SmtpStage.Connect, 421, "4.3.2 Service shutting down") with { Times = 3 }),
        ("Drop in the message, once", MailboxFault.Drop(SmtpStage.Body) with { Times = 1 }),
        ("Accept, then drop before the reply, once", MailboxFault.Drop(SmtpStage.Accepted) with { Times = 1 }),
        ("10 s before the reply, 3 times", MailboxFault.Slow(SmtpStage.AfterDot, TimeSpan.FromSeconds(10)) with { Times = 3 }),
        ("Down: reset every connection at MAIL", MailboxFault.Drop(SmtpStage.Mail)),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ListAsync);
        routes.MapGet("/mails.json", JsonAsync);
        routes.MapPost("/clear", ClearAsync);
        new MailPages(store).Map(routes);
    }

    Task ListAsync(HttpContext context)
    {
        var (mails, older) = Slice(Number(context, "before"), RowsPerPage);
        var count = string.Create(CultureInfo.InvariantCulture, $"{store.Accepted.Value:N0} accepted");
        var clear = mails.Count == 0 ? "" : """<form method="post" action="/clear"><button>Clear</button></form>""";
        return Page.WriteAsync(context, "Demo mailbox", $"""
            <div data-live="/mails.json?limit=1" data-part="top">
            {Page.Top("Demo mailbox", $"SMTP on <code>127.0.0.1:{smtpPort}</code> · {count} · newest first", clear)}
            </div>
            <main>
            <div class="card" data-part="list">{(mails.Count == 0 ? Empty() : Table(mails))}</div>
            {(older is null ? "" : $"""<p><a class="button" href="/?before={older}">Older</a></p>""")}
            <details{(faults.IsEmpty ? "" : " open")}><summary>Make the SMTP server misbehave</summary>
            {FaultPanel.Html(faults, "recipient", Presets)}
            </details>
            </main>
            """);
    }

    string Empty()
    {
        var hint = options.Hint is null ? "" : $"<p class=\"soft\">Or let the alerts send one:</p><pre>{Page.Encode(options.Hint)}</pre>";
        return $"""
            <div class="empty"><h2>No mail yet</h2>
            <p class="soft">Send one to <code>127.0.0.1:{smtpPort}</code>, in the clear{(options.RequireAuthentication ? "" : ", with any password or none")}: it appears here by itself.</p>
            {hint}</div>
            """;
    }

    static string Table(IReadOnlyList<ReceivedMail> mails)
    {
        var rows = new StringBuilder("""<table class="mails"><thead><tr><th>Time</th><th>To</th><th>Subject</th><th>Message-ID</th></tr></thead><tbody>""");
        foreach (var mail in mails)
        {
            var to = Page.Encode(string.Join(", ", mail.Recipients));
            var id = Page.Encode(mail.MessageId);
            rows.Append(CultureInfo.InvariantCulture, $"""
                <tr><td class="nowrap"><time datetime="{mail.ReceivedAt:o}">{mail.ReceivedAt:HH:mm:ss}</time></td>
                <td class="cut" title="{to}">{to}</td>
                <td><a class="subject" href="/mails/{mail.Sequence}">{Page.Encode(mail.Subject.Length == 0 ? "(no subject)" : mail.Subject)}</a></td>
                <td class="cut soft mono" title="{id}">{id}</td></tr>
                """);
        }
        return rows.Append("</tbody></table>").ToString();
    }

    Task JsonAsync(HttpContext context)
    {
        var limit = (int)Math.Clamp(Number(context, "limit") ?? RowsPerPage, 1, MaxJsonLimit);
        var (mails, older) = Slice(Number(context, "before"), limit);
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(new
        {
            accepted = store.Accepted.Value,
            mails = mails.Select(mail => new
            {
                mail.Sequence,
                mail.ReceivedAt,
                from = mail.MailFrom,
                to = mail.Recipients,
                mail.Subject,
                mail.MessageId,
                bytes = mail.Raw.Length,
                url = $"/mails/{mail.Sequence}",
            }),
            next = older is null ? null : $"/mails.json?limit={limit}&before={older}",
        });
    }

    /// <summary>A form of another site may not clear it.</summary>
    Task ClearAsync(HttpContext context)
    {
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin")
        {
            store.Clear();
            context.Response.Redirect("/");
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        return Task.CompletedTask;
    }

    /// <summary>Newest first, below a sequence number; and the number to go on from when there are more.</summary>
    (IReadOnlyList<ReceivedMail> Mails, long? Older) Slice(long? before, int limit)
    {
        var mails = store.Mails.Reverse().Where(mail => before is null || mail.Sequence < before).Take(limit + 1).ToList();
        if (mails.Count <= limit)
            return (mails, null);
        mails.RemoveAt(limit);
        return (mails, mails[^1].Sequence);
    }

    static long? Number(HttpContext context, string name) =>
        long.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
