namespace Alerts.Gateway.Pages.Hosting;

/// <summary>303: after a POST the browser looks at a page that it can look at again.</summary>
sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
