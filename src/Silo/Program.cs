using Alerts.Configuration;
using Alerts.Silo;
using Alerts.Silo.Databases;
using Alerts.Silo.Health;
using Alerts.Silo.Observability;

switch (args)
{
    case ["health", ..]:
        return await HealthCommand.RunAsync(args[1..]);
    case ["--version"]:
        return AlertsVersion.Print();
    case not (["migrate"] or ["after-restore"] or ["show-state", _])
        when ProgramHosting.IsMistyped(args, Console.Error, "health URL, migrate, after-restore, show-state USER, --version"):
        return 2;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddAlertsSecretFiles().AddAlertsSilo().AddAlertsObservability("alerts-silo").AddSiloHealth();
await using var app = builder.TryBuild(Console.Error);
if (app is null)
    return 1;
app.MapSiloHealth();
app.MapAlertsVersion();

// What only works on the databases needs no mail server and no eBay.
if (!app.HasValidSettings(Console.Error, only: args is ["migrate"] or ["after-restore"] or ["show-state", _] ? AlertsOptions.Section
    : null))
    return 1;
if (args is ["migrate"])
    return await app.RunToEndAsync(Console.Error, () => app.Services.GetRequiredService<DatabaseMigration>()
        .ApplyAsync(CancellationToken.None));
if (args is ["after-restore"])
    return await app.RunToEndAsync(Console.Error, () => app.Services.GetRequiredService<AfterRestore>()
        .RunAsync(Console.Out, CancellationToken.None));
if (args is ["show-state", var userId])
    return await ShowStateCommand.RunAsync(app.Services, userId, Console.Out, CancellationToken.None);
app.MapAlertsMetrics();
return await app.RunToEndAsync(Console.Error);
