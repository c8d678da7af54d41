using Alerts;
using Alerts.Silo;
using Alerts.Silo.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddAlertsSilo();
builder.AddAlertsObservability("alerts-silo");
await using var app = builder.Build();

if (args is ["migrate"])
    await app.Services.GetRequiredService<DatabaseMigration>().ApplyAsync(CancellationToken.None);
else if (app.HasValidSettings(Console.Error))
    await app.RunAsync();
else
    return 1;
return 0;
