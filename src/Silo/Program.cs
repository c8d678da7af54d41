using Alerts.Silo;
using Alerts.Silo.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddAlertsSilo();
await using var app = builder.Build();

if (args is ["migrate"])
    await app.Services.GetRequiredService<DatabaseMigration>().ApplyAsync(CancellationToken.None);
else
    await app.RunAsync();
