namespace Alerts.Users.Audit;

/// <summary>An action on the service or on an account.</summary>
/// <param name="At">When, to the second.</param>
/// <param name="Actor">
/// The API key's name, or a person named as in <paramref name="Subject"/>. <c>link</c> for a person who followed a mail's link,
/// <c>anybody</c> for other strangers.
/// </param>
/// <param name="Action">The method and the path of the operation, such as <c>DELETE /v1/users/{id}</c>.</param>
/// <param name="Subject">
/// The person the action was about: <c>p-</c> and a keyed hash of the id, which only this service can compute; absent for nobody in
/// particular.
/// </param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="RequestId">Names the request in the service's logs.</param>
public sealed record AuditRecord(DateTimeOffset At, string Actor, string Action, string? Subject, int Status, string RequestId);
