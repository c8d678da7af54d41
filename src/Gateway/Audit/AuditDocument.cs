using Alerts.Users.Audit;

namespace Alerts.Gateway.Audit;

/// <summary>What was done lately, newest first.</summary>
/// <param name="Items">At most as many as asked for.</param>
public sealed record AuditDocument(IReadOnlyList<AuditRecord> Items);
