namespace Alerts.Users.Audit;

/// <summary>Somebody did something to the service or to an account.</summary>
/// <param name="At">When, to the second.</param>
/// <param name="Actor">The API key's name, or a person as <paramref name="Subject"/> names them, <c>link</c> for who came by a mail's link, <c>anybody</c> for other strangers.</param>
/// <param name="Action">The method and the path of the operation, such as <c>DELETE /v1/users/{id}</c>.</param>
/// <param name="Subject">The person it was done to: <c>p-</c> and a hash that only this service can make of an id; absent: nobody in particular.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="RequestId">Names the request in the service's logs.</param>
public sealed record AuditRecord(DateTimeOffset At, string Actor, string Action, string? Subject, int Status, string RequestId);
