using System.Text.RegularExpressions;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>Gives every request an id, or uses the caller's. Answers, problems and logs contain it.</summary>
sealed partial class RequestIdMiddleware(RequestDelegate next)
{
    const string Header = "X-Request-Id";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers[Header] is [{ } given] && Pattern.IsMatch(given))
            context.TraceIdentifier = given;
        // Set when the answer starts: an error's answer removes headers set before.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = context.TraceIdentifier;
            return Task.CompletedTask;
        });
        return next(context);
    }

    [GeneratedRegex(@"^[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Pattern { get; }
}
