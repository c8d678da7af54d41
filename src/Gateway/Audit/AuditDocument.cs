using Alerts.Users.Audit;

namespace Alerts.Gateway.Audit;

/// <summary>The last actions, newest first.</summary>
/// <param name="Items">The records, at most the requested number.</param>
public sealed record AuditDocument(IReadOnlyList<AuditRecord> Items);
