using System.Globalization;
using System.Text;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Mailbox;

/// <summary>The mailbox as people read it: the list, one mail, its parts.</summary>
sealed class MailboxPages(MailStore store, int smtpPort)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ListAsync);
    }

    Task ListAsync(HttpContext context)
    {
        var rows = new StringBuilder();
        foreach (var mail in store.Mails.Reverse())
            rows.Append(CultureInfo.InvariantCulture, $"<li>{Page.Encode(mail.Subject)}</li>");
        return Page.WriteAsync(context, "Mailbox", $"<h1>Mailbox</h1><p>SMTP {smtpPort}</p><ul>{rows}</ul>");
    }
}
