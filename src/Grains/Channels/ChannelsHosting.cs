using Alerts.Channels.Discord;
using Alerts.Channels.Http;
using Alerts.Channels.Ntfy;
using Alerts.Channels.Slack;
using Alerts.Channels.Telegram;
using Alerts.Channels.Webhook;
using Alerts.Channels.WebPush;
using Alerts.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Channels;

/// <summary>Registers the channels beside mail, one line each.</summary>
static class ChannelsHosting
{
    public static IServiceCollection AddAlertsChannels(this IServiceCollection services)
    {
        services.AddSettings<ChannelOptions>(ChannelOptions.Section);
        services.AddMetrics();
        return services
            .AddSingleton<ChannelHttp>()
            .AddSingleton<ChannelMetrics>()
            .AddSingleton<ChannelSecrets>()
            .AddSingleton<ChannelComposer>()
            .AddSingleton<ChannelSender>()
            .AddSingleton<INotificationChannel, WebhookChannel>()
            .AddSingleton<INotificationChannel, NtfyChannel>()
            .AddSingleton<INotificationChannel, DiscordChannel>()
            .AddSingleton<INotificationChannel, SlackChannel>()
            .AddSingleton<INotificationChannel, TelegramChannel>()
            .AddSingleton<INotificationChannel, WebPushChannel>();
    }
}
