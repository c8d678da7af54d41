using Alerts.Configuration;
using Alerts.Reminders.Handover;
using Alerts.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Reminders;

/// <summary>Registers the spreading of users over the reminder window.</summary>
public static class DispatchHosting
{
    /// <summary>Adds what dispatcher and user grains need, and what makes up for late ticks.</summary>
    public static IServiceCollection AddAlertsDispatch(this IServiceCollection services)
    {
        services.AddSettings<DispatchOptions>(DispatchOptions.Section);
        return services.AddSingleton<UserReminder>().AddSingleton<InterruptedRuns>().AddGrainService<LateTicks>();
    }
}
