namespace Alerts.Gateway.Requests;

/// <summary>Names operations for the API document.</summary>
static class OperationNames
{
    /// <summary>Gives an operation its id, for generated clients, and its summary.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder operation, string id, string summary) => operation.WithName(id).WithSummary(summary);
}
