using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Demo;

namespace Alerts.Browser.Tests;

/// <summary>The operators' pages in a browser, wide and narrow, light and dark.</summary>
public sealed class OperatorPictureTests(Chromium chromium) : IClassFixture<Chromium>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operators_sign_in_and_can_read_each_page_on_a_phone_as_on_a_desk()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        using var api = new HttpClient { BaseAddress = pages.Demo.Address };
        using var answer = await api.PostAsJsonAsync(
            "/v1/users", new { email = "ann@example.org", frequencyMinutes = 10, searches = new[] { new { phrase = "iphone 13" } } }, Cancellation);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString();
        await pages.Demo.Mailbox.WaitForMailAsync(mail => mail.Recipients.Contains("ann@example.org"), Cancellation);
        var page = await pages.OpenAsync(browser, "/admin/searches", locale: "de-DE");
        await page.Locator("#key").FillAsync(DemoOptions.ApiKey);
        await page.Keyboard.PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Searches by cost");

        foreach (var (path, name) in (ValueTuple<string, string>[])
            [("admin?status=active", "users"), ($"admin/users/{id}", "user"), ($"admin/users/{id}/lift", "lift"), ("admin/suppressed", "suppressed"),
                ("admin/mails", "mails"), ("admin/searches", "searches"), ("admin/cluster", "cluster"), ("admin/audit", "audit"), ("admin/sign-in", "signed-in")])
        {
            await page.GotoAsync(path);
            await Microsoft.Playwright.Assertions.Expect(page.Locator("a[href='admin/cluster']").First).ToBeVisibleAsync();
            await pages.LookAsync(page, $"admin-{name}");
        }
    }
}
