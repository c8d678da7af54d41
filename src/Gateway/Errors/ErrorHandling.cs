using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Runtime;

namespace Alerts.Gateway.Errors;

/// <summary>Turns every failure into a ProblemDetails: what the caller did wrong, what is away for the moment, and what is our fault.</summary>
static partial class ErrorHandling
{
    public static IServiceCollection AddAlertsErrors(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context =>
        {
            // The framework knows a type and a title for most statuses, not for all.
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
            // The handler logs, by severity: a caller's mistake is no error of ours.
            SuppressDiagnosticsCallback = _ => true,
        });
        // Answers without a body: no such route, method not allowed, not authenticated, not allowed.
        app.UseStatusCodePages(context => Problems.Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
    }

    static Task AnswerAsync(HttpContext context, ILogger logger)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        switch (fault)
        {
            case InvalidRequestException invalid:
                if (invalid.RetryAfter is { } wait)
                    Problems.SayRetryAfter(context, wait);
                return Problems.Of(invalid.Status, invalid.Message, invalid.Errors).ExecuteAsync(context);
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, bad.Message).ExecuteAsync(context);
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Task.CompletedTask;
            case StoreUnavailableException or DbException or OrleansException or TimeoutException or OperationCanceledException:
                LogUnavailable(logger, fault, context.TraceIdentifier);
                return Problems.WriteUnavailableAsync(context);
            default:
                LogFailed(logger, fault, context.TraceIdentifier);
                return Problems.Of(StatusCodes.Status500InternalServerError, "Something went wrong here; the request id helps to find it.").ExecuteAsync(context);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId} could not be served: the cluster or its store is away")]
    static partial void LogUnavailable(ILogger logger, Exception fault, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    static partial void LogFailed(ILogger logger, Exception fault, string requestId);
}
