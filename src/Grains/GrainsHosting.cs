using Alerts.Channels;
using Alerts.Configuration;
using Alerts.Events;
using Alerts.Insights;
using Alerts.Mail;
using Alerts.Reminders;
using Alerts.Runs;
using Alerts.Search;
using Alerts.SharedData;
using Alerts.Sql;
using Alerts.State;
using Alerts.Users;
using Alerts.Users.Addresses;
using Alerts.Users.Audit;
using Alerts.Users.Channels;
using Alerts.Users.Mails;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Alerts;

/// <summary>Registers what the grains need, one line for each capability, in the order of the data flow.</summary>
public static class GrainsHosting
{
    /// <summary>Adds all capabilities. The silo provides the two data sources of <see cref="DatabaseKeys"/>.</summary>
    public static IServiceCollection AddAlertsGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<RunOptions>(RunOptions.Section);
        return services
            .AddAlertsDispatch()
            .AddSingleton<RunAdmission>()
            .AddSingleton<RunMetrics>()
            .AddSingleton<UserSearches>()
            .AddSingleton<UserRows>()
            .AddSingleton<UserMails>()
            .AddSingleton<UserChannels>()
            .AddTransient<UserWork>()
            .AddTransient<UserPublisher>()
            .AddSingleton<EnrolmentKeys>()
            .AddHostedService<EnrolmentKeyRetention>()
            .AddSingleton<AuditLog>()
            .AddHostedService<AuditLogRetention>()
            .AddSingleton<EventLog>()
            .AddHostedService<EventLogRetention>()
            .AddAlertsSearch()
            .AddAlertsMail()
            .AddAlertsChannels()
            .AddAlertsSharedData()
            .AddAlertsInsights();
    }
}
