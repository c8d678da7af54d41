using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Alerts.Browser.Tests;

/// <summary>From an idea to a watched search in a browser, with scripts and without.</summary>
public sealed class FromIdeaToWatchingTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task The_preview_comes_while_one_types_without_moving_what_is_above_and_keeps_what_was_typed_below()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        var page = await pages.OpenAsync(browser, "/", width: 375);
        var others = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(pages.Demo.Address.ToString(), StringComparison.Ordinal) && request.ResourceType != "image")
                others.Add(request.Url);
        };
        await pages.LookAsync(page, "start");
        await page.SetViewportSizeAsync(375, 800);

        await page.GetByLabel("What do you look for?").PressSequentiallyAsync("used camera");
        await Expect(page.Locator("li.listing").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.GetByLabel("E-mail address").FillAsync("ann@example.org");
        await page.GetByLabel("What do you look for?").PressSequentiallyAsync("s");
        await Expect(page.Locator("#preview strong").First).ToHaveTextAsync("used cameras", new() { Timeout = 30_000 });

        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync("ann@example.org");
        await Expect(page.Locator("input[name=timeZone]")).ToHaveValueAsync("Europe/Berlin");
        await pages.LookAsync(page, "preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Watch it" }).ClickAsync();
        await page.WaitForURLAsync("**/alerts");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "used cameras" })).ToBeVisibleAsync();
        await pages.LookAsync(page, "alerts");
        Assert.Empty(others);
    }

    [Fact]
    public async Task Without_scripts_and_by_keyboard_alone_a_search_is_watched_edited_and_everything_deleted()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        var page = await pages.OpenAsync(browser, "/", withScripts: false, width: 375);

        await page.GetByLabel("What do you look for?").FocusAsync();
        await page.Keyboard.TypeAsync("lamp");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("E-mail address").FocusAsync();
        await page.Keyboard.TypeAsync("ann@example.org");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/alerts");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit: lamp" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Highest price").FocusAsync();
        await page.Keyboard.TypeAsync("30");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/alerts#*");
        await Expect(page.GetByText("up to $30.00")).ToBeVisibleAsync();

        await page.GotoAsync("settings/erase");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete everything" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Deleted" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_pages_of_who_is_signed_in_can_be_read_by_everybody()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        var page = await pages.OpenAsync(browser, "/?phrase=lamp");
        await page.GetByLabel("E-mail address").FillAsync("ann@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Watch it" }).ClickAsync();
        await page.WaitForURLAsync("**/alerts");
        var search = (await page.GetByRole(AriaRole.Link, new() { Name = "Edit: lamp" }).GetAttributeAsync("href"))!;

        foreach (var (path, name) in (ValueTuple<string, string>[])
            [(search, "edit"), (search[..search.LastIndexOf('/')], "listings"), ("settings", "settings"), ("history", "history"), ("settings/erase", "erase-me"), ("sign-in", "sign-in"), ("sign-in/sent", "sent")])
        {
            await page.GotoAsync(path);
            await pages.LookAsync(page, name);
        }
    }
}
