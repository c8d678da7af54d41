using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Alerts.Cli;

/// <summary>
/// <c>alerts key …</c>: keys are settings of the gateways, which have their hashes. So a new key is made here and set there.
/// </summary>
static class KeyCommands
{
    const int KeyBytes = 32;

    static readonly string[] scopes = ["Read", "Enrol", "Admin"];

    public static void Add(RootCommand root, CommandRun run)
    {
        var keys = new Command("key", "API keys.");
        root.Add(keys);

        var name = new Argument<string>("name") { Description = "The user of the key, such as reporting." };
        var scope = new Option<string>("--scope") { Description = "Read, Enrol or Admin.", DefaultValueFactory = _ => scopes[0] };
        scope.AcceptOnlyFromAmong(scopes);
        var made = new Command("new", "Make a key, and say what to set.") { name, scope };
        keys.Add(made);
        made.SetAction(parsed => run.Show(parsed, New(parsed.GetValue(name)!, parsed.GetValue(scope)!), key =>
        {
            run.Output.WriteLine($"The key, shown this once: {key.Text("key")}");
            run.Output.WriteLine("Set at every gateway, with the next free number in place of 0, and restart them one by one:");
            foreach (var setting in key.Find("settings")!.Value.EnumerateObject())
                run.Output.WriteLine($"  {setting.Name}={setting.Value}");
        }));

        var list = new Command("list", "The gateways' keys, and when each was last used.");
        keys.Add(list);
        run.Action(list, (_, api, cancellationToken) => api.GetAsync("/v1/keys", cancellationToken), found => run.Table(found.Items(),
            ("name", key => key.Text("name")), ("scope", key => key.Text("scope")), ("last used", key => key.Moment("lastUsed"))));

        var revoked = new Argument<string>("name") { Description = "The name, as `alerts key list` shows it." };
        var revoke = new Command("revoke", "Say which settings to take out, so that a key is not let in any more.") { revoked };
        keys.Add(revoke);
        run.Action(revoke, (parsed, api, cancellationToken) => RevokeAsync(api, parsed.GetValue(revoked)!, cancellationToken), key =>
            run.Output.WriteLine(key.Text("what")));
    }

    static JsonElement New(string name, string scope)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        return JsonSerializer.SerializeToElement(new
        {
            key,
            settings = new Dictionary<string, string>
            {
                ["Alerts__NamedKeys__0__Name"] = name,
                ["Alerts__NamedKeys__0__Hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))),
                ["Alerts__NamedKeys__0__Scope"] = scope,
            },
        });
    }

    static async Task<JsonElement> RevokeAsync(Api api, string name, CancellationToken cancellationToken)
    {
        const string Unnamed = "key-";
        var keys = await api.GetAsync("/v1/keys", cancellationToken);
        if (!keys.Items().Any(key => key.Text("name") == name))
            throw new ApiException($"No gateway knows a key named {name}; `alerts key list` shows them.");
        var setting = name.StartsWith(Unnamed, StringComparison.Ordinal)
            ? $"the entry of Alerts__ApiKeys__… that begins with {name[Unnamed.Length..]}"
            : $"the three settings Alerts__NamedKeys__…__ whose Name is {name}";
        return JsonSerializer.SerializeToElement(new
        {
            name,
            what = $"Take out {setting} at every gateway, and restart them one by one. From then on the key is refused, and so is who "
                + $"signed in at the dashboard with it.",
        });
    }
}
