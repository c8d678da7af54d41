namespace Alerts.Gateway.Pages.Hosting;

/// <summary>303: after a POST, the browser loads a page that can be loaded again.</summary>
sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
