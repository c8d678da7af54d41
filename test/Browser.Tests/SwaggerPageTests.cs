using Alerts.Demo;
using Microsoft.Playwright;

namespace Alerts.Browser.Tests;

/// <summary>The page at <c>/docs/swagger</c> of a running gateway, used as a person does. Its picture is left in the folder <c>pictures</c> beside the tests.</summary>
public sealed class SwaggerPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task The_page_calls_an_operation_with_a_key_and_shows_the_answer()
    {
        var browser = chromium.Browser;
        var data = Directory.CreateTempSubdirectory("alerts-swagger-").FullName;
        try
        {
            await using var demo = await DemoApp.StartAsync(new DemoOptions
            {
                DataDirectory = data,
                Settings = new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "None" },
            });
            var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1200, Height = 1600 } });
            await page.GotoAsync(new Uri(demo.Address, "/docs/swagger").ToString());
            var operation = page.Locator("#operations-Users-listUsers");

            await operation.Locator(".opblock-summary-control").ClickAsync();
            await operation.Locator(".try-out__btn").ClickAsync();
            await operation.Locator(".execute").ClickAsync();
            await Assertions.Expect(operation.Locator(".live-responses-table .response-col_status").Last).ToContainTextAsync("401");

            await page.Locator(".btn.authorize").ClickAsync();
            var dialog = page.Locator(".auth-container").Filter(new LocatorFilterOptions { HasText = "X-Api-Key" });
            await dialog.Locator("input").FillAsync(DemoOptions.ApiKey);
            await dialog.Locator("button.authorize").ClickAsync();
            await page.Locator(".close-modal").ClickAsync();
            await operation.Locator(".execute").ClickAsync();
            await Assertions.Expect(operation.Locator(".live-responses-table .response-col_status").Last).ToContainTextAsync("200");
            await Assertions.Expect(operation.Locator(".live-responses-table .response-col_description").Last).ToContainTextAsync("\"items\": []");

            var pictures = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures"));
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(pictures.FullName, "swagger.png") });
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
