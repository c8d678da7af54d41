using Alerts.Configuration;
using Alerts.Gateway;
using Alerts.Gateway.Access;
using Alerts.Silo;
using Alerts.Silo.Health;
using Alerts.Silo.Observability;

switch (args)
{
    case ["hash-key", ..]:
        return HashKeyCommand.Run(args[1..]);
    case ["health", ..]:
        return await HealthCommand.RunAsync(args[1..]);
    case ["--version"]:
        return AlertsVersion.Print();
    case not [] when ProgramHosting.IsMistyped(args, Console.Error, "hash-key, health URL, --version"):
        return 2;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddAlertsSecretFiles();
builder.AddAlertsGateway();

await using var app = builder.TryBuild(Console.Error);
if (app is null || !app.HasValidSettings(Console.Error))
    return 1;
app.UseAlertsGateway();
return await app.RunToEndAsync(Console.Error);
