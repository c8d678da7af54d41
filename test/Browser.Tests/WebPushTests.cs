using System.Text.Json;
using Alerts.Demo.Receivers;
using Alerts.State.Notifications;
using Microsoft.Playwright;

namespace Alerts.Browser.Tests;

/// <summary>A browser as a channel: one button, and the service worker shows what is pushed.</summary>
public sealed class WebPushTests(Chromium chromium) : IClassFixture<Chromium>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_is_added_by_one_button_and_shows_what_is_pushed_to_it_once()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        var page = await SettingsOfANewPersonAsync(pages, browser);
        await page.Context.GrantPermissionsAsync(["notifications"]);
        // Chromium's push service is of the internet; the stand-in takes its place, the rest is the browser's own.
        var subscription = JsonSerializer.Serialize(new
        {
            endpoint = pages.Demo.Receivers.UrlOf(ReceiverKind.WebPush, "ann"), keys = new { p256dh = PushBrowser.P256dh, auth = PushBrowser.Auth },
        });
        await page.EvaluateAsync($$"""
            () => { PushManager.prototype.subscribe = async options => ({ toJSON: () => ({{subscription}}) }); }
            """);
        var refused = new List<string>();
        page.Console += (_, said) => refused.AddRange(said.Type is "error" ? [said.Text] : []);

        await page.Locator("form[data-push-key] button").ClickAsync();

        await Assertions.Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        var question = await pages.Demo.Receivers.WaitForAsync(message => message.Kind is ReceiverKind.WebPush, Cancellation);
        Assert.True(question.IsSigned);
        await PushAsync(page, question.Body);
        await PushAsync(page, question.Body);
        await page.WaitForFunctionAsync("async () => (await (await navigator.serviceWorker.ready).getNotifications()).length > 0");
        var shown = await page.EvaluateAsync<string[]>(
            "async () => (await (await navigator.serviceWorker.ready).getNotifications()).flatMap(one => [one.title, one.data.url])");
        var sent = JsonSerializer.Deserialize<JsonElement>(question.Body);
        Assert.Equal([sent.GetProperty("title").GetString()!, sent.GetProperty("url").GetString()!], shown);
        Assert.Empty(refused);
        await pages.LookAsync(page, "settings-browser");

        await page.GotoAsync(shown[1]);
        await page.Locator("main form button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("main form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_browser_that_shows_no_notifications_says_so_and_sends_nothing()
    {
        var browser = chromium.Browser;
        await using var pages = await WebPages.StartAsync();
        var page = await SettingsOfANewPersonAsync(pages, browser);
        await page.EvaluateAsync("() => { Notification.requestPermission = async () => 'denied'; }");

        await page.Locator("form[data-push-key] button").ClickAsync();

        await Assertions.Expect(page.Locator("form[data-push-key] [role=alert]")).ToBeVisibleAsync();
        await pages.LookAsync(page, "settings-browser-refused");
        Assert.Empty(pages.Demo.Receivers.Messages);
    }

    static async Task<IPage> SettingsOfANewPersonAsync(WebPages pages, IBrowser browser)
    {
        var page = await pages.OpenAsync(browser, "?phrase=push+lamp");
        await page.Locator("#email").FillAsync("ann@example.org");
        await page.Locator("#preview form button.primary").ClickAsync();
        await page.WaitForURLAsync("**/alerts*");
        await page.GotoAsync("settings");
        return page;
    }

    /// <summary>The browser gets a message from its push service.</summary>
    static async Task PushAsync(IPage page, string data)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        var registered = new TaskCompletionSource<string>();
        tools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, said) =>
        {
            foreach (var registration in said!.Value.GetProperty("registrations").EnumerateArray())
                registered.TrySetResult(registration.GetProperty("registrationId").GetString()!);
        };
        await tools.SendAsync("ServiceWorker.enable");
        await tools.SendAsync("ServiceWorker.deliverPushMessage", new Dictionary<string, object>
        {
            ["origin"] = new Uri(page.Url).GetLeftPart(UriPartial.Authority), ["registrationId"] = await registered.Task, ["data"] = data,
        });
        await tools.DetachAsync();
    }
}
