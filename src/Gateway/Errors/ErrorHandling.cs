using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Alerts.Gateway.Errors;

/// <summary>Turns every exception into a ProblemDetails: a caller's error (4xx), an outage (503), or a fault of ours (500).</summary>
static partial class ErrorHandling
{
    public static IServiceCollection AddAlertsErrors(this IServiceCollection services) => services
        // A parameter that cannot be read comes here too. Otherwise the answer would be a 400 that does not name it.
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
        .AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            // The framework has a type and a title for most statuses, but not for all.
            context.ProblemDetails.Type ??= "about:blank";
            context.ProblemDetails.Title ??= ReasonPhrases.GetReasonPhrase(context.HttpContext.Response.StatusCode);
            context.ProblemDetails.Extensions["requestId"] = context.HttpContext.TraceIdentifier;
        });

    public static void UseAlertsErrors(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Alerts.Gateway.Errors");
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => AnswerAsync(context, logger),
            // The handler logs by severity: a caller's error is no error of ours.
            SuppressDiagnosticsCallback = _ => true,
        });
        // Answers without a body: unknown route, method not allowed, not authenticated, not allowed.
        app.UseStatusCodePages(context => Problems.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    static Task AnswerAsync(HttpContext context, ILogger logger)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        switch (fault)
        {
            case InvalidRequestException invalid:
                if (invalid.RetryAfter is { } wait)
                    Problems.SayRetryAfter(context, wait);
                return Problems.WriteAsync(context, invalid.Status, invalid.Message, invalid.Errors);
            case BadHttpRequestException bad when UnreadParameter().Match(bad.Message) is { Success: true } parameter:
                return Problems.Invalid(new Dictionary<string, string[]> { [parameter.Groups[1].Value] = ["The value cannot be read."] })
                    .ExecuteAsync(context);
            case BadHttpRequestException bad:
                return Problems.WriteAsync(context, bad.StatusCode, bad.Message);
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Task.CompletedTask;
            case StoreUnavailableException or DbException or OrleansException or TimeoutException or OperationCanceledException:
                LogUnavailable(logger, fault, context.TraceIdentifier);
                return Problems.WriteUnavailableAsync(context);
            default:
                LogFailed(logger, fault, context.TraceIdentifier);
                return Problems.WriteAsync(context, StatusCodes.Status500InternalServerError,
                    "Something went wrong here; the request id helps to find it.");
        }
    }

    /// <summary>ASP.NET Core's message about a path or query parameter of the wrong type.</summary>
    [GeneratedRegex("^Failed to bind parameter \"\\S+ (\\w+)\" from ", RegexOptions.CultureInvariant)]
    private static partial Regex UnreadParameter();

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Request {RequestId} could not be served: the cluster or its store cannot be reached")]
    static partial void LogUnavailable(ILogger logger, Exception fault, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    static partial void LogFailed(ILogger logger, Exception fault, string requestId);
}
