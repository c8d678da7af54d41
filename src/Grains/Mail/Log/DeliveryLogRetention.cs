using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Mail.Log;

/// <summary>Deletes records of the delivery log that are older than <see cref="MailOptions.KeepDeliveryLog"/>.</summary>
public sealed class DeliveryLogRetention(DeliveryLog log, IOptions<MailOptions> options, TimeProvider clock,
    ILogger<DeliveryLogRetention> logger)
    : HourlyDeletion("Delivery log", clock, logger)
{
    readonly TimeProvider clock = clock;

    protected override Task<int> DeleteAsync(int limit, CancellationToken cancellationToken) =>
        log.DeleteBeforeAsync(clock.GetUtcNow() - options.Value.KeepDeliveryLog, limit, cancellationToken);
}
