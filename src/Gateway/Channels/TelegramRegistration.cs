using System.Net.Http.Json;
using Alerts.Channels;
using Alerts.Configuration;
using Alerts.Tokens;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Channels;

/// <summary>
/// Registers at the start the address to which Telegram sends messages to the bot. Repeats that every minute until Telegram accepts it.
/// </summary>
sealed partial class TelegramRegistration(
    IOptions<ChannelOptions> options, IOptions<AlertsOptions> alerts, LinkTokens tokens, TimeProvider clock,
        ILogger<TelegramRegistration> logger) : BackgroundService
{
    static readonly TimeSpan again = TimeSpan.FromMinutes(1);
    static readonly string[] wanted = ["message"];
    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.TelegramToken is not { } token)
            return;
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { Timeout = patience };
        while (!await TryRegisterAsync(client, token, stoppingToken))
            await Task.Delay(again, clock, stoppingToken);
    }

    async Task<bool> TryRegisterAsync(HttpClient client, string token, CancellationToken stoppingToken)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync($"{options.Value.TelegramUrl.TrimEnd('/')}/bot{token}/setWebhook", new
            {
                url = alerts.Value.PublicUrl.TrimEnd('/') + TelegramUpdates.Path,
                secret_token = TelegramUpdates.SecretOf(tokens, token),
                allowed_updates = wanted,
            }, stoppingToken);
            if (answer.IsSuccessStatusCode)
                return true;
            LogRefused((int)answer.StatusCode);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
        {
            // The exception is not logged: its message may contain the address with the token.
            LogRefused(0);
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Telegram did not accept the address for messages to the bot (status {Status}); no chat can be linked until it does")]
    partial void LogRefused(int status);
}
