using Alerts.Configuration;
using Alerts.Email;
using Alerts.Mail.Compose;
using Alerts.Mail.Log;
using Alerts.Mail.Smtp;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Providers;

namespace Alerts.Mail;

/// <summary>Registers the sending of mails.</summary>
public static class EmailHosting
{
    /// <summary>
    /// Adds <see cref="EmailSender"/> and <see cref="DeliveryLog"/> with the settings of section <see cref="EmailOptions.Section"/>,
    /// checked at start. Needs the keyed data source <see cref="Databases.Alerts"/>.
    /// </summary>
    public static IServiceCollection AddAlertsEmail(this IServiceCollection services)
    {
        services.AddSettings<EmailOptions>(EmailOptions.Section);
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddLinkTokens();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<SendRates>();
        services.AddSingleton<SmtpConnectionPool>();
        services.AddSingleton<DeliveryLog>();
        services.AddHostedService<DeliveryLogRetention>();
        services.AddSingleton<DeliveryFailures>();
        services.AddKeyedSingleton<IControllable>(DeliveryFailures.ProviderName, (provider, _) => provider.GetRequiredService<DeliveryFailures>());
        services.AddMetrics();
        services.AddSingleton<EmailMetrics>();
        services.AddSingleton<EmailSender>();
        return services;
    }
}
