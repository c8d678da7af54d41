using System.Globalization;
using Alerts.Gateway.Pages.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Alerts.Gateway.Errors;

/// <summary>The ProblemDetails (RFC 9457) of all errors.</summary>
static class Problems
{
    /// <summary>When a caller may try again while the cluster or its store cannot be reached.</summary>
    static readonly TimeSpan retryAfter = TimeSpan.FromSeconds(10);

    public static ProblemHttpResult Of(int status, string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (errors is { Count: > 0 })
            problem.Extensions["errors"] = errors;
        return TypedResults.Problem(problem);
    }

    /// <summary>Sends the problem to a program, and a page to a browser.</summary>
    public static Task WriteAsync(HttpContext context, int status, string? detail = null,
        IReadOnlyDictionary<string, string[]>? errors = null) =>
        ErrorPages.IsWanted(context) ? ErrorPages.WriteAsync(context, status) : Of(status, detail, errors).ExecuteAsync(context);

    /// <summary>400 with all fields that break a rule.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        Of(StatusCodes.Status400BadRequest, "One or more fields are not valid; see errors.", errors);

    /// <summary>404; the same for an id that never existed, was deleted, or is malformed.</summary>
    public static ProblemHttpResult NotFound(string what) => Of(StatusCodes.Status404NotFound, $"There is no such {what}.");

    /// <summary>Adds Retry-After, in whole seconds.</summary>
    public static void SayRetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>429 with Retry-After.</summary>
    public static Task WriteTooManyAsync(HttpContext context, TimeSpan wait)
    {
        SayRetryAfter(context, wait);
        return WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests; wait as long as Retry-After says.");
    }

    /// <summary>503 with Retry-After.</summary>
    public static Task WriteUnavailableAsync(HttpContext context)
    {
        SayRetryAfter(context, retryAfter);
        return WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable,
            "The service is not available for the moment; nothing was changed, or the change will be found when asked again.");
    }
}
