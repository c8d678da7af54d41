using Microsoft.Extensions.Logging;

namespace Alerts.Mail.Log;

/// <summary>Takes from the delivery log what eBay answered, when it may not be shown any more; the ids of listings stay.</summary>
public sealed class DeliveredContentRetention(DeliveryLog log, TimeProvider clock, ILogger<DeliveredContentRetention> logger)
    : HourlyDeletion("Contents of the delivery log", clock, logger)
{
    readonly TimeProvider clock = clock;

    /// <inheritdoc/>
    protected override Task<int> DeleteAsync(int limit, CancellationToken cancellationToken) =>
        log.ForgetContentAsync(clock.GetUtcNow(), limit, cancellationToken);
}
