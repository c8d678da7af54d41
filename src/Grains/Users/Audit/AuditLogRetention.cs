using Microsoft.Extensions.Logging;

namespace Alerts.Users.Audit;

sealed class AuditLogRetention(AuditLog audit, TimeProvider clock, ILogger<AuditLogRetention> logger)
    : HourlyDeletion("Audit log", clock, logger)
{
    protected override Task<int> DeleteAsync(int limit, CancellationToken cancellationToken) =>
        audit.DeleteOldAsync(limit, cancellationToken);
}
