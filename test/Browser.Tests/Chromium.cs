using Microsoft.Playwright;

namespace Alerts.Browser.Tests;

/// <summary>One headless Chromium for all tests of a class; a machine without one skips them, unless it is a build server.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    IPlaywright? playwright;
    IBrowser? browser;

    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(browser is null && Environment.GetEnvironmentVariable("CI") != "true", "No Chromium is installed (apt-get install chromium).");
            return browser ?? throw new InvalidOperationException("CI is set, but no Chromium is installed.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (places.FirstOrDefault(File.Exists) is not { } program)
            return;
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(60_000);
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
    }
}
