using Alerts.Configuration;
using Alerts.Email;
using Alerts.Mail.Compose;
using Alerts.Mail.Log;
using Alerts.Mail.Smtp;
using Alerts.Sql;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Providers;

namespace Alerts.Mail;

/// <summary>Registers the sending of mails.</summary>
public static class MailHosting
{
    /// <summary>
    /// Adds <see cref="MailSender"/> and <see cref="DeliveryLog"/> with the settings of section <see cref="MailOptions.Section"/>,
    /// checked at start. Needs the keyed data source <see cref="DatabaseKeys.Alerts"/>.
    /// </summary>
    public static IServiceCollection AddAlertsMail(this IServiceCollection services)
    {
        services.AddSettings<MailOptions>(MailOptions.Section);
        services.AddSettings<OperatorOptions>(OperatorOptions.Section);
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddLinkTokens();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<SendRates>();
        services.AddSingleton<SmtpConnectionPool>();
        services.AddSingleton<AlikeRefusals>();
        services.AddSingleton<DeliveryLog>();
        services.AddHostedService<DeliveryLogRetention>();
        services.AddSingleton<DeliveryFailures>();
        services.AddKeyedSingleton<IControllable>(DeliveryFailures.ProviderName, (provider, _) => provider.GetRequiredService<DeliveryFailures>());
        services.AddMetrics();
        services.AddSingleton<MailMetrics>();
        services.AddSingleton<MailSender>();
        return services;
    }
}
