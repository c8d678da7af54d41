using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Alerts.Demo.Loopback;
using MimeKit;

namespace Alerts.Demo.Mailbox;

/// <summary>One mail: its page, and its parts by themselves.</summary>
sealed partial class MailPages(MailStore store)
{
    /// <summary>A mail is a stranger's HTML: pictures and its own styles, no scripts, no forms, nothing else loaded.</summary>
    const string MailPolicy = "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
        + "frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mails/{sequence:long}", context => WithMail(context, ViewAsync));
        routes.MapGet("/mails/{sequence:long}/html", context => WithMail(context, HtmlAsync));
        routes.MapGet("/mails/{sequence:long}/text", context => WithMail(context, (http, mail) => PlainAsync(http, mail.TextBody)));
        routes.MapGet("/mails/{sequence:long}/headers", context => WithMail(context, (http, mail) => PlainAsync(http, Headers(mail))));
        routes.MapGet("/mails/{sequence:long}/raw", context => WithMail(context, (http, mail) => PlainAsync(http, Raw(mail))));
    }

    Task WithMail(HttpContext context, Func<HttpContext, ReceivedMail, Task> answer)
    {
        var sequence = long.Parse((string)context.Request.RouteValues["sequence"]!, CultureInfo.InvariantCulture);
        return store.Find(sequence) is { } mail
            ? answer(context, mail)
            : Page.WriteAsync(context, "No such mail", $"""
                {Page.Top("No such mail", "It was cleared, or pushed out by newer ones.")}<main><p><a href="/">All mails</a></p></main>
                """, StatusCodes.Status404NotFound);
    }

    static Task ViewAsync(HttpContext context, ReceivedMail mail)
    {
        var tab = context.Request.Query["tab"].ToString() is "text" or "headers" or "raw" ? context.Request.Query["tab"].ToString()
            : mail.HtmlBody is null ? "text" : "html";
        var content = tab switch
        {
            "html" => $"""<iframe class="mail" title="The mail" src="/mails/{mail.Sequence}/html" sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe>""",
            "headers" => Source(Headers(mail)),
            "raw" => Source(Raw(mail)),
            _ => mail.TextBody is { } text ? Source(text) : """<p class="pad soft">This mail has no text part.</p>""",
        };
        var tabs = new StringBuilder();
        foreach (var (name, label) in ((string, string)[])[("html", "HTML"), ("text", "Text"), ("headers", "Headers"), ("raw", "Raw")])
            tabs.Append(CultureInfo.InvariantCulture, $"""<a href="/mails/{mail.Sequence}?tab={name}"{(name == tab ? " aria-current=\"page\"" : "")}>{label}</a>""");
        return Page.WriteAsync(context, mail.Subject, $"""
            {Page.Top(mail.Subject.Length == 0 ? "(no subject)" : mail.Subject, """<a href="/">← All mails</a>""")}
            <main>
            <div class="card"><table class="fields"><tbody>
            {Field("From", mail.Message.From.ToString())}
            {Field("To", string.Join(", ", mail.Recipients))}
            {Field("Message-ID", mail.MessageId)}
            {Unsubscribe(mail)}
            <tr><th>Received</th><td><time data-long datetime="{mail.ReceivedAt:o}">{mail.ReceivedAt:u}</time>
            <span class="soft">· {mail.Raw.Length.ToString("N0", CultureInfo.InvariantCulture)} bytes · connection {mail.ConnectionId}</span></td></tr>
            </tbody></table></div>
            <nav class="tabs">{tabs}<a class="push" href="/mails/{mail.Sequence}/{tab}">Open by itself</a></nav>
            <div class="card">{content}</div>
            </main>
            """);
    }

    static Task HtmlAsync(HttpContext context, ReceivedMail mail)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = MailPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.WriteAsync(WithLinksInNewWindows(mail.HtmlBody ?? ""), context.RequestAborted);
    }

    static Task PlainAsync(HttpContext context, string? text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(text ?? "", context.RequestAborted);
    }

    /// <summary>A link in the mail must not open inside the frame; put first in the head, so that the mail stays in its own mode.</summary>
    static string WithLinksInNewWindows(string html)
    {
        const string Base = """<base target="_blank">""";
        var head = HeadTag().Match(html);
        return head.Success ? html.Insert(head.Index + head.Length, Base) : Base + html;
    }

    static string Field(string name, string? value) =>
        string.IsNullOrEmpty(value) ? "" : $"<tr><th>{name}</th><td>{Page.Encode(value)}</td></tr>";

    /// <summary>The first web address of List-Unsubscribe as a link: opening it is a GET, which must change nothing.</summary>
    static string Unsubscribe(ReceivedMail mail)
    {
        var address = WebAddress().Match(mail.Message.Headers[HeaderId.ListUnsubscribe] ?? "").Groups[1].Value;
        return address.Length == 0 ? "" : $"""
            <tr><th>Unsubscribe</th><td class="cut"><a href="{Page.Encode(address)}" target="_blank" rel="noreferrer">{Page.Encode(address)}</a></td></tr>
            """;
    }

    static string Source(string text) => $"""<pre class="source">{Page.Encode(text)}</pre>""";

    static string Headers(ReceivedMail mail)
    {
        var raw = Raw(mail);
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? raw : raw[..(end + 2)];
    }

    static string Raw(ReceivedMail mail) => Encoding.UTF8.GetString(mail.Raw.Span);

    [GeneratedRegex("<(https?://[^<>]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex WebAddress();

    [GeneratedRegex("<head[^>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeadTag();
}
