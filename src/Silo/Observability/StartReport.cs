using System.Data.Common;
using Alerts.Configuration;
using Alerts.Mail;
using Alerts.Search.Ebay;
using Alerts.Silo.Transport;
using Alerts.State;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Observability;

/// <summary>Says in five lines what runs with what, once the process has started: no passwords, no keys.</summary>
public sealed partial class StartReport(
    IHostApplicationLifetime lifetime, IOptions<AlertsOptions> alerts, IOptions<ClusterTlsOptions> tls, IServiceProvider services,
        ILogger<StartReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Say);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The lines. Pure.</summary>
    /// <param name="alerts">The settings of all.</param>
    /// <param name="tls">The certificates.</param>
    /// <param name="ebay">Of a silo; null for a gateway without one.</param>
    /// <param name="mail">Of a silo; null for a gateway without one.</param>
    public static IReadOnlyList<string> Lines(AlertsOptions alerts, ClusterTlsOptions tls, EbayOptions? ebay, MailOptions? mail) =>
    [
        $"{(ebay is null ? "Gateway" : alerts.Mode is AlertsMode.Cluster ? "Silo" : "Gateway with a silo inside")} of release "
        + $"{AlertsVersion.Current}, state format {CompactSerializer.CompactForm}",
        alerts.Mode is AlertsMode.Cluster
            ? $"Cluster {alerts.ClusterId}, met at Redis {Servers(alerts.Redis)}, {(tls.IsOn ? "with" : "without")} certificates between "
                + $"silos and gateways"
            : "Embedded: no other process takes part",
        alerts.DatabaseOrDefault() is DatabaseKind.MySql
            ? $"Databases: {Database(alerts.MySql)}, products {Database(alerts.SharedMySql)}"
            : $"Databases: SQLite files in {Path.GetFullPath(alerts.DataDirectory)}",
        ebay is null || mail is null
            ? "Searches and mails are the silos' matter"
            : $"eBay at {ebay.BaseUrl}, {ebay.DailyCallBudget} calls a day; mails by {mail.Host} ({mail.Security}) "
                + $"{(mail.DkimKeyFile is null ? "without" : "with")} a signature",
        $"Links lead to {alerts.PublicUrl}; addresses are {(alerts.Confirmation is ConfirmationMode.Required ? "" : "not ")}confirmed; "
        + $"reminders every {alerts.ReminderPeriod}",
    ];

    /// <summary>A connection string's servers, which come before its options.</summary>
    static string Servers(string? redis) =>
        string.Join(", ", (redis ?? "").Split(',').TakeWhile(part => !part.Contains('=', StringComparison.Ordinal)));

    static string Database(string? connection)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        return $"{Part("Database")} at {Part("Server")}:{Part("Port")}".TrimEnd(':');

        string Part(string name) => parts.TryGetValue(name, out var value) ? $"{value}" : "";
    }

    void Say()
    {
        // Only a silo examines; a gateway without one has no settings of eBay and mail.
        var isSilo = services.GetServices<IExamination>().Any();
        var ebay = isSilo ? services.GetRequiredService<IOptions<EbayOptions>>().Value : null;
        var mail = isSilo ? services.GetRequiredService<IOptions<MailOptions>>().Value : null;
        foreach (var line in Lines(alerts.Value, tls.Value, ebay, mail))
            LogLine(line);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    partial void LogLine(string line);
}
