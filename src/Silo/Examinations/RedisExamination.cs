using Alerts.Cluster;
using Alerts.Configuration;
using Alerts.Silo.Transport;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Alerts.Silo.Examinations;

/// <summary>Whether Redis answers, and keeps the members of the cluster over a restart.</summary>
sealed class RedisExamination(IOptions<AlertsOptions> options) : IExamination
{
    public string Subject => "Redis";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var configuration = RedisConnection.Of(options.Value)!;
        configuration.AbortOnConnectFail = true;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration).WaitAsync(cancellationToken);
        var persistence = (await redis.GetServers()[0].InfoAsync("persistence").WaitAsync(cancellationToken))
            .SelectMany(section => section).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return persistence.GetValueOrDefault("aof_enabled") switch
        {
            null => [Finding.Well("Redis answers, and does not say whether it keeps its data.")],
            "1" when persistence.GetValueOrDefault("aof_last_write_status") is "err" =>
                [Finding.Wrong("Redis cannot write its data.", "Look at the space on its disk and at its log.")],
            "1" => [Finding.Well("Redis answers and keeps its data.")],
            _ => [Finding.Wrong(
                "Redis does not write every change (appendonly is off), so a restart may lose the members of the cluster.",
                    "Set appendonly yes in redis.conf.")],
        };
    }
}
