using Alerts.Email.Templates;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Alerts.Email;

/// <summary>Renders mails with ASP.NET Core's <see cref="HtmlRenderer"/>, which encodes everything that is not marked as markup.</summary>
/// <param name="services">What components may ask for; ours ask for nothing.</param>
/// <param name="loggers">Where the renderer logs.</param>
sealed class MailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>The HTML of a mail.</summary>
    /// <remarks>A renderer keeps all it ever rendered until it is disposed, so each mail has its own.</remarks>
    public async Task<string> RenderAsync(MailModel mail)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MailHtml.Mail)] = mail });
            var output = await renderer.RenderComponentAsync<MailHtml>(parameters);
            return output.ToHtmlString();
        });
    }
}
