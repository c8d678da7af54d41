using Microsoft.Extensions.Logging;

namespace Alerts.Events;

sealed class EventLogRetention(EventLog events, TimeProvider clock, ILogger<EventLogRetention> logger)
    : HourlyDeletion("Events", clock, logger)
{
    protected override Task<int> DeleteAsync(int limit, CancellationToken cancellationToken) =>
        events.DeleteOldAsync(limit, cancellationToken);
}
