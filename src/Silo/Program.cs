using Alerts.Configuration;
using Alerts.Silo;
using Alerts.Silo.Health;
using Alerts.Silo.Observability;
using Alerts.Silo.Storage;

switch (args)
{
    case ["health", ..]:
        return await HealthCommand.RunAsync(args[1..]);
    case ["--version"]:
        return AlertsVersion.Print();
}

var builder = WebApplication.CreateBuilder(args);
builder.AddAlertsSecretFiles().AddAlertsSilo().AddAlertsObservability("alerts-silo").AddSiloHealth();
await using var app = builder.Build();
app.MapSiloHealth();
app.MapAlertsVersion();

if (args is ["migrate"])
{
    await app.Services.GetRequiredService<DatabaseMigration>().ApplyAsync(CancellationToken.None);
    return 0;
}

if (!app.HasValidSettings(Console.Error))
    return 1;
app.MapAlertsMetrics();
return await app.RunToEndAsync(Console.Error);
