using Microsoft.Extensions.Logging;

namespace Alerts.Users.Addresses;

sealed class EnrolmentKeyRetention(EnrolmentKeys keys, TimeProvider clock, ILogger<EnrolmentKeyRetention> logger)
    : HourlyDeletion("Enrolment keys", clock, logger)
{
    protected override Task<int> DeleteAsync(int limit, CancellationToken cancellationToken) =>
        keys.DeleteOldAsync(limit, cancellationToken);
}
