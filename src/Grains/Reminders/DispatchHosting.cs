using Alerts.Configuration;
using Alerts.Reminders.Handover;
using Alerts.Reminders.Spread;
using Alerts.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Reminders;

public static class DispatchHosting
{
    public static IServiceCollection AddAlertsDispatch(this IServiceCollection services)
    {
        services.AddSettings<DispatchOptions>(DispatchOptions.Section);
        return services.AddSingleton<UserReminder>().AddSingleton<DispatchMetrics>().AddSingleton<InterruptedRuns>()
            .AddGrainService<TickHandover>();
    }
}
