using System.Net;
using Alerts.Configuration;
using Alerts.Silo.Databases;
using Microsoft.Extensions.Options;
using MySql.Data.MySqlClient;
using StackExchange.Redis;

namespace Alerts.Silo;

/// <summary>Names all settings that the chosen mode lacks.</summary>
public sealed class AlertsOptionsValidator : IValidateOptions<AlertsOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertsOptions options)
    {
        var failures = new List<string>();
        if (options.Mode is AlertsMode.Cluster)
        {
            Need(options.Redis, nameof(options.Redis), "the Redis connection string through which silos and clients find each other",
                "Alerts__Mode is Cluster");
            if (options.DatabaseOrDefault() is DatabaseKind.Sqlite)
                failures.Add(
                    $"Alerts__{nameof(options.Database)} cannot be Sqlite when Alerts__Mode is Cluster: its files belong to one process.");
        }

        foreach (var (setting, value, meaning) in DatabaseHosting.Needs(options))
            Need(value, setting, meaning, options.Database is null ? "Alerts__Mode is Cluster"
                : $"Alerts__{nameof(options.Database)} is {options.Database}");

        Parse(options.Redis, nameof(options.Redis), text => ConfigurationOptions.Parse(text));
        Parse(options.MySql, nameof(options.MySql), text => new MySqlConnectionStringBuilder(text));
        Parse(options.SharedMySql, nameof(options.SharedMySql), text => new MySqlConnectionStringBuilder(text));
        if (options.RedisAuthority is { Length: > 0 } file && !File.Exists(file))
            failures.Add($"Alerts__{nameof(options.RedisAuthority)}: there is no file {file}.");
        if (options.SiloAddress is { } address && !IPAddress.TryParse(address, out _))
            failures.Add($"Alerts__{nameof(options.SiloAddress)} must be an IP address, not \"{address}\".");

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Need(string? value, string setting, string meaning, string condition)
        {
            if (string.IsNullOrWhiteSpace(value))
                failures.Add($"Alerts__{setting} is missing: {meaning}, needed when {condition}.");
        }

        // Neither the string nor the parser's message is repeated: both may contain the password.
        void Parse(string? value, string setting, Func<string, object> parse)
        {
            if (options.Mode is not AlertsMode.Cluster || string.IsNullOrWhiteSpace(value))
                return;
            try
            {
                parse(value);
            }
            catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException or MySqlException)
            {
                failures.Add($"Alerts__{setting} is not a connection string: a name, a sign or a value in it is wrong.");
            }
        }
    }
}
