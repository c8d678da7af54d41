using Alerts.Configuration;
using Alerts.Email;
using Alerts.Mail.Compose;
using Alerts.Mail.Log;
using Alerts.Mail.Sender;
using Alerts.Mail.Smtp;
using Alerts.Sql;
using Alerts.State;
using Alerts.Tokens;
using DnsClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Providers;

namespace Alerts.Mail;

/// <summary>Registers the sending of mails.</summary>
public static class MailHosting
{
    static readonly TimeSpan dnsTimeout = TimeSpan.FromSeconds(2);

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
        services.TryAddSingleton<Incarnation>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<SendRates>();
        services.AddSingleton<SmtpConnectionPool>();
        services.AddSingleton<AlikeRefusals>();
        services.AddSingleton<DeliveryLog>();
        services.AddHostedService<DeliveryLogRetention>();
        services.AddHostedService<DeliveredContentRetention>();
        services.AddSingleton<DeliveryFailures>();
        services.AddKeyedSingleton<IControllable>(DeliveryFailures.ProviderName,
            (provider, _) => provider.GetRequiredService<DeliveryFailures>());
        services.AddMetrics();
        services.AddSingleton<MailMetrics>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<IExamination, MailExamination>();
        services.AddSingleton<IExamination, SenderExamination>();
        services.TryAddSingleton<ILookupClient>(_ => new LookupClient(new LookupClientOptions { Timeout = dnsTimeout, Retries = 1,
            UseCache = false }));
        return services;
    }
}
