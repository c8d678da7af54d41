using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Demo;
using Alerts.Testing;

namespace Alerts.EndToEnd.Documents;

/// <summary>The reader of events in docs/examples does what docs/SHARED-DATA.md says of it.</summary>
public sealed class ListenExampleTests
{
    static readonly string example = Path.Combine(RepositoryRoot.FullPath, "docs", "examples", "listen.cs");

    [Fact]
    public async Task The_documented_reader_learns_of_a_change_and_goes_on_where_it_was_after_a_restart()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        using var data = new TempFolder();
        using var own = new TempFolder();
        await using var demo = await DemoApp.StartAsync(
            new DemoOptions { DataDirectory = data.FullPath, Settings = new Dictionary<string, string?> { ["Alerts:Confirmation"] = "Off" } }, null, TimeProvider.System);
        using var http = new HttpClient { BaseAddress = demo.Address };
        var ann = await EnrolAsync(http, "ann@example.org", patience.Token);

        await using (var reader = Start(demo, own))
        {
            Assert.Contains(ann, await reader.SaysAsync("settings", patience.Token), StringComparison.Ordinal);
            Assert.Contains(ann, await reader.SaysAsync("news", patience.Token), StringComparison.Ordinal);
        }

        var bob = await EnrolAsync(http, "bob@example.org", patience.Token);
        await using var again = Start(demo, own);
        Assert.Contains(bob, await again.SaysAsync("settings", patience.Token), StringComparison.Ordinal);
    }

    static ChildProcess Start(DemoApp demo, TempFolder folder) =>
        ChildProcess.Start("dotnet", ["run", example, demo.Address.ToString(), DemoOptions.ApiKey], folder: folder.FullPath);

    static async Task<string> EnrolAsync(HttpClient http, string email, CancellationToken cancellationToken)
    {
        var settings = new { email, frequencyMinutes = 10, searches = new[] { new { phrase = "iphone 13" } } };
        using var answer = await http.PostAsJsonAsync("/v1/users", settings, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
    }
}
