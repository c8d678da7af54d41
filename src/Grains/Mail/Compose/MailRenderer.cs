using System.Text;
using Alerts.Mail.Templates;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Alerts.Mail.Compose;

/// <summary>Renders mails with ASP.NET Core's <see cref="HtmlRenderer"/>, which encodes everything that is not marked as markup.</summary>
sealed class MailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    static readonly UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// The HTML of a mail in UTF-8, positioned at its start. Written directly as bytes: a string would need twice the memory.
    /// </summary>
    /// <remarks>A renderer keeps everything it rendered until it is disposed, so each mail has its own.</remarks>
    public async Task<MemoryStream> RenderAsync(MailModel mail)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MailHtml.Mail)] = mail });
            var output = await renderer.RenderComponentAsync<MailHtml>(parameters);
            var html = new MemoryStream(capacity: 32 * 1024);
            await using (var writer = new StreamWriter(html, utf8, leaveOpen: true))
                output.WriteHtmlTo(writer);
            html.Position = 0;
            return html;
        });
    }
}
