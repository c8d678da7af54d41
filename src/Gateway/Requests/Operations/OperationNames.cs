using Alerts.Gateway.Users;

namespace Alerts.Gateway.Requests.Operations;

/// <summary>Metadata of operations for the API document.</summary>
static class OperationNames
{
    static readonly RequestHeader ifMatch = new("If-Match",
        "The ETag of the settings to change, such as \"3\": if they have changed since, nothing is done and the answer is 412.");

    /// <summary>Sets an operation's id, for generated clients, and its summary.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder operation, string id, string summary) =>
        operation.WithName(id).WithSummary(summary);

    /// <summary>Declares that the answer has the version of the settings as its ETag.</summary>
    public static RouteHandlerBuilder WithVersion(this RouteHandlerBuilder operation) => operation.WithMetadata(AnswersVersion.Instance);

    /// <summary>Declares that the operation changes settings, as <see cref="SettingsWriter"/> does.</summary>
    public static RouteHandlerBuilder ChangesSettings(this RouteHandlerBuilder operation) => operation
        .WithMetadata(ifMatch, AnswersVersion.Instance)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
