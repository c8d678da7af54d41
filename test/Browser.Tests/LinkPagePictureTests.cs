using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Browser.Tests;

/// <summary>The pages that links of mails lead to, in a browser.</summary>
public sealed class LinkPagePictureTests(Chromium chromium) : IClassFixture<Chromium>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pages_behind_links_can_be_read_by_everybody()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        using var api = new HttpClient { BaseAddress = pages.Demo.Address };
        using var answer = await api.PostAsJsonAsync("/v1/users", new
        {
            email = "ann@example.org", frequencyMinutes = 10,
            searches = new object[] { new { phrase = "iphone 13", conditions = new[] { "USED" }, price = new { max = 400 } }, new { phrase = "fahrrad", marketplace = "EBAY_DE" } },
        }, Cancellation);
        var user = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var token = user.GetProperty("manageToken").GetString()!;
        var tokens = pages.Demo.Gateway.Services.GetRequiredService<LinkTokens>();
        var manage = await tokens.ReadAsync(token, LinkPurpose.Manage);
        var unsubscribe = tokens.Issue(LinkPurpose.Unsubscribe, manage!.UserId, manage.Generation);

        foreach (var (path, name) in (ValueTuple<string, string>[])
            [($"/manage/{token}", "manage"), ($"/unsubscribe/{unsubscribe}", "unsubscribe"), ("/nowhere", "404"), ("/admin/sign-in", "operators")])
        {
            var page = await pages.OpenAsync(browser, path);
            await pages.LookAsync(page, name);
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_search_is_stopped_by_keyboard_alone_and_without_scripts()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        using var api = new HttpClient { BaseAddress = pages.Demo.Address };
        using var answer = await api.PostAsJsonAsync("/v1/users", new { email = "ann@example.org", frequencyMinutes = 10, searches = new[] { new { phrase = "iphone 13" } } }, Cancellation);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("manageToken").GetString()!;
        var page = await pages.OpenAsync(browser, $"/manage/{token}", withScripts: false, width: 375);

        // The skip link, the brand, "Sign in", "Pause", "Stop".
        for (var i = 0; i < 5; i++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Microsoft.Playwright.Assertions.Expect(page.GetByText("stopped", new() { Exact = true })).ToBeVisibleAsync();
        Assert.EndsWith($"/manage/{token}", page.Url, StringComparison.Ordinal);
    }
}
