using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Alerts.Silo.Health;

/// <summary>Asks the alerts database for a number.</summary>
public sealed class StoreHealthCheck([FromKeyedServices(Databases.Alerts)] DbDataSource alerts) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = alerts.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken).WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
