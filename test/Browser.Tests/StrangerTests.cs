using System.Text.RegularExpressions;
using Alerts.Demo.Mailbox;
using Microsoft.Playwright;

namespace Alerts.Browser.Tests;

/// <summary>
/// Somebody who knows nothing of us, from the start page to the watched search and out again: in several languages, wide and narrow, light and
/// dark, with scripts and without, with a mouse and by keyboard alone. Nothing in it asks for words of one language.
/// </summary>
public sealed class StrangerTests(Chromium chromium) : IClassFixture<Chromium>
{
    const string Email = "ann@example.org";

    static readonly Dictionary<string, string?> confirmed = new() { ["Alerts:Confirmation"] = "Required" };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("de", "de-DE", 1280, false, Hand.Mouse)]
    [InlineData("ja", "ja-JP", 375, true, Hand.Mouse)]
    [InlineData("rtl", "en-GB", 375, false, Hand.MouseFromRightToLeft)]
    [InlineData("keys", "pl-PL", 1280, true, Hand.KeyboardWithoutScripts)]
    public async Task From_an_idea_to_a_watched_search_and_out_again(string name, string locale, int width, bool isDark, Hand hand)
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync(confirmed);
        var page = await pages.OpenAsync(
            browser, "", hand is Hand.Mouse or Hand.MouseFromRightToLeft, locale, width, isDark ? ColorScheme.Dark : ColorScheme.Light, hand is Hand.MouseFromRightToLeft);
        var person = new Person(page, name, hand);
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);

        await person.LookAsync("start");
        await person.TypeAsync("#phrase", "iphone 13");
        if (person.HasScripts)
            await Assertions.Expect(page.Locator("#preview .listing").First).ToBeVisibleAsync();
        else
            await person.PressAsync("form[role=search] button");
        Assert.Equal(5, await page.Locator("#preview .listing").CountAsync());
        await person.LookAsync("preview");

        await person.TypeAsync("#email", "nobody@");
        await page.EvaluateAsync("() => { for (const form of document.forms) form.noValidate = true }");
        await person.PressAsync("#preview form button.primary");
        await Assertions.Expect(page.Locator("#email[aria-invalid=true]")).ToBeVisibleAsync();
        await person.TypeAsync("#email", Email);
        await page.Locator("#frequencyMinutes").SelectOptionAsync("20");
        await person.PressAsync("#preview form button.primary");
        await page.WaitForURLAsync("**/watching*");
        await person.LookAsync("watching");

        await page.GotoAsync(await LinkAsync(pages, "confirm"));
        await person.LookAsync("confirm");
        await person.PressAsync("main form button.primary");
        await person.PressAsync("main a.button[href=alerts]");
        var first = await pages.Demo.Mailbox.WaitForMailAsync(mail => mail.TextBody!.Contains("/unsubscribe/", StringComparison.Ordinal), Cancellation);
        Assert.Contains("iphone 13", first.Subject, StringComparison.Ordinal);
        await page.WaitForURLAsync("**/alerts*");
        await page.ReloadAsync();
        await person.LookAsync("alerts");

        await person.PressAsync(".card h2 a");
        Assert.NotEqual(0, await page.Locator("main .listing").CountAsync());
        await person.LookAsync("results");
        await person.PressAsync("main a[href$='/edit']");
        await EditAsync(person, page);

        await person.PressAsync(".actions form:nth-of-type(1) button");
        await Assertions.Expect(page.Locator(".state-paused")).ToBeVisibleAsync();
        await person.LookAsync("paused");
        await person.PressAsync(".actions form:nth-of-type(1) button");
        await Assertions.Expect(page.Locator(".state-active")).ToBeVisibleAsync();

        await person.PressAsync(".top a[href=history]");
        await Assertions.Expect(page.Locator("td", new() { HasText = "iphone 13" }).Last).ToBeVisibleAsync();
        await person.LookAsync("history");
        await person.PressAsync(".top a[href=settings]");
        await person.TypeAsync("#mailsPerDay", "9999");
        await person.PressAsync("main form:has(#mailsPerDay) button.primary");
        await Assertions.Expect(page.Locator("#mailsPerDay[aria-invalid=true]")).ToBeVisibleAsync();
        await person.LookAsync("settings-error");
        await person.TypeAsync("#mailsPerDay", "12");
        await person.PressAsync("main form:has(#mailsPerDay) button.primary");
        await Assertions.Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        await person.LookAsync("settings");

        await person.PressAsync(".top form button");
        await person.PressAsync(".top a[href=sign-in]");
        await person.LookAsync("sign-in");
        await person.TypeAsync("#email", Email);
        await person.PressAsync("main form button.primary");
        await page.GotoAsync(await LinkAsync(pages, "sign-in"));
        await person.LookAsync("sign-in-link");
        await person.PressAsync("main form button.primary");

        await person.PressAsync(".top a[href=settings]");
        await person.PressAsync("a[href='settings/erase']");
        await person.LookAsync("erase");
        await person.PressAsync("button.danger");
        await page.WaitForURLAsync("**/erased**");
        await person.LookAsync("erased");
        await pages.Demo.Mailbox.WaitForMailAsync(mail => !mail.TextBody!.Contains("http", StringComparison.Ordinal), Cancellation);
        await page.GotoAsync("alerts");
        Assert.EndsWith("/sign-in", page.Url, StringComparison.Ordinal);
        Assert.All(asked, url => Assert.True(url.StartsWith(pages.Demo.Address.ToString(), StringComparison.Ordinal) || url.StartsWith(pages.Demo.Marketplace.BaseUrl.ToString(), StringComparison.Ordinal), url));
    }

    /// <summary>Errors stand at their fields, and of two tabs the second is shown both.</summary>
    static async Task EditAsync(Person person, IPage page)
    {
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await person.TypeAsync("#max", "cheap");
        await person.PressAsync("form:has(#max) button.primary");
        await Assertions.Expect(page.Locator("#max[aria-invalid=true]")).ToHaveValueAsync("cheap");
        await Assertions.Expect(page.Locator("#max-error")).ToBeVisibleAsync();
        await person.LookAsync("edit-error");
        await person.TypeAsync("#max", "150");
        await person.PressAsync("form:has(#max) button.primary");
        await page.WaitForURLAsync("**/alerts#*");
        await Assertions.Expect(page.Locator(".card[id] .muted").First).ToContainTextAsync("150");

        await other.Locator("#excludeWords").FillAsync("case");
        await other.Locator("form:has(#max) button.primary").ClickAsync();
        await Assertions.Expect(other.Locator("main .notice")).ToContainTextAsync("150");
        await Assertions.Expect(other.Locator("main .notice")).ToContainTextAsync("case");
        await person.LookAsync("edit-conflict", other);
        await other.Locator("form:has(#max) button.primary").ClickAsync();
        await other.WaitForURLAsync("**/alerts#*");
        await other.CloseAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".card[id] .muted").First).ToContainTextAsync("case");
    }

    [Fact]
    public async Task Nothing_moves_when_the_live_preview_comes()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        var page = await pages.OpenAsync(browser, "", width: 375);
        await page.EvaluateAsync("""
            () => {
              window.moved = [];
              new PerformanceObserver(list => {
                for (const entry of list.getEntries()) window.moved.push(...entry.sources.map(source => `${source.node?.outerHTML?.slice(0, 40)} ${source.previousRect.top} ${source.currentRect.top}`));
              }).observe({ type: 'layout-shift', buffered: true });
            }
            """);

        await page.Locator("#phrase").PressSequentiallyAsync("iphone 13");
        await Assertions.Expect(page.Locator("#preview .listing").First).ToBeVisibleAsync();
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.moved"));
    }

    static async Task<string> LinkAsync(WebPages pages, string purpose)
    {
        var link = new Regex($@"http\S+/{purpose}/\S+");
        var mail = await pages.Demo.Mailbox.WaitForMailAsync(mail => link.IsMatch(mail.TextBody!), Cancellation);
        return link.Match(mail.TextBody!).Value;
    }

    /// <summary>How a person uses the browser.</summary>
    public enum Hand
    {
        Mouse,
        MouseFromRightToLeft,
        KeyboardWithoutScripts,
    }

    sealed class Person(IPage page, string name, Hand hand)
    {
        const int MaxTabs = 150;

        public bool HasScripts => hand is not Hand.KeyboardWithoutScripts;

        bool IsKeyboard => hand is Hand.KeyboardWithoutScripts;

        public async Task TypeAsync(string selector, string text)
        {
            if (!IsKeyboard)
            {
                await page.Locator(selector).FillAsync(text);
                return;
            }

            await TabToAsync(selector);
            await page.Keyboard.PressAsync("Control+A");
            await page.Keyboard.TypeAsync(text);
        }

        public async Task PressAsync(string selector)
        {
            if (!IsKeyboard)
            {
                await page.Locator(selector).First.ClickAsync();
                return;
            }

            await TabToAsync(selector);
            var loaded = new TaskCompletionSource();
            page.FrameNavigated += Loaded;
            await page.Keyboard.PressAsync("Enter");
            await loaded.Task.WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
            page.FrameNavigated -= Loaded;

            void Loaded(object? sender, IFrame frame) => loaded.TrySetResult();
        }

        public Task LookAsync(string what) => LookAsync(what, page);

        public Task LookAsync(string what, IPage at) => WebPages.LookOnceAsync(at, $"{name}-{what}", HasScripts);

        async Task TabToAsync(string selector)
        {
            for (var tabs = 0; tabs < MaxTabs; tabs++)
            {
                if (await page.Locator($"{selector}:focus").CountAsync() > 0)
                {
                    await AssertFocusIsSeenAsync();
                    return;
                }

                await page.Keyboard.PressAsync("Tab");
            }

            Assert.Fail($"No Tab leads to {selector} at {page.Url}.");
        }

        async Task AssertFocusIsSeenAsync() => Assert.NotEqual("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
    }
}
