using Alerts;
using Alerts.Gateway;
using Alerts.Gateway.Access;

if (args is ["hash-key", ..])
    return HashKeyCommand.Run(args[1..]);

var builder = WebApplication.CreateBuilder(args);
builder.AddAlertsGateway();

await using var app = builder.Build();
if (!app.HasValidSettings(Console.Error))
    return 1;
app.UseAlertsGateway();
await app.RunAsync();
return 0;
