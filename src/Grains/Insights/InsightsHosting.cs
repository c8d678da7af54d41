using Alerts.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Insights;

public static class InsightsHosting
{
    /// <summary>Adds the settings of insights; they read the shared product data.</summary>
    public static IServiceCollection AddAlertsInsights(this IServiceCollection services)
    {
        services.AddSettings<InsightOptions>(InsightOptions.Section);
        return services;
    }
}
