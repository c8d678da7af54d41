using Alerts.Gateway.Pages.Shared;
using Alerts.Gateway.Requests.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>Shows people a page where programs get a ProblemDetails.</summary>
static class ErrorPages
{
    const string RendererHeader = "blazor-enhanced-nav";

    /// <summary>Whether a browser will show the answer to a person: it asks for HTML, and not from the API.</summary>
    public static bool IsWanted(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(Version1.Path, StringComparison.Ordinal)
        && MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out var types)
        && types.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    /// <summary>Answers with the page of a status.</summary>
    public static async Task WriteAsync(HttpContext context, int status)
    {
        var services = context.RequestServices;
        // A page that failed in the middle has used its renderer, so this one gets a new scope.
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.Response.Headers.Remove(RendererHeader);
        services.GetRequiredService<PageHeaders>().Write(context);
        await new RazorComponentResult<ErrorPage>(new { Status = status }) { StatusCode = status }.ExecuteAsync(context);
        context.RequestServices = services;
    }
}
