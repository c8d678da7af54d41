using Alerts.Gateway.Users;

namespace Alerts.Gateway.Requests.Operations;

/// <summary>What operations tell the API document of themselves.</summary>
static class OperationNames
{
    static readonly RequestHeader ifMatch = new("If-Match", "The ETag of the settings to change, such as \"3\": if they have changed since, nothing is done and the answer is 412.");

    /// <summary>Gives an operation its id, for generated clients, and its summary.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder operation, string id, string summary) => operation.WithName(id).WithSummary(summary);

    /// <summary>Says that the answer has the version of the settings as its ETag.</summary>
    public static RouteHandlerBuilder WithVersion(this RouteHandlerBuilder operation) => operation.WithMetadata(AnswersVersion.Instance);

    /// <summary>Says that the operation changes settings, as <see cref="SettingsWriter"/> does.</summary>
    public static RouteHandlerBuilder ChangesSettings(this RouteHandlerBuilder operation) => operation
        .WithMetadata(ifMatch, AnswersVersion.Instance)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
