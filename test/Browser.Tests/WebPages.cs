using System.Globalization;
using Alerts.Demo;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Alerts.Browser.Tests;

/// <summary>The demonstration in a browser: what a page must be whoever looks at it, and pictures of it to look at.</summary>
public sealed class WebPages : IAsyncDisposable
{
    static readonly (string Name, int Width, ColorScheme Scheme)[] looks =
        [("wide-light", 1280, ColorScheme.Light), ("wide-dark", 1280, ColorScheme.Dark), ("narrow-light", 375, ColorScheme.Light), ("narrow-dark", 375, ColorScheme.Dark)];

    /// <summary>A pseudo-language: our words, each from right to left, on a page that runs from right to left.</summary>
    const string RightToLeft = """
        addEventListener('DOMContentLoaded', () => {
          document.documentElement.dir = 'rtl';
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode())
            if (!walker.currentNode.parentElement.closest('[dir=auto]'))
              walker.currentNode.data = walker.currentNode.data.replace(/\p{L}+/gu, '\u202E$&\u202C');
        });
        """;

    readonly string data;

    WebPages(string data, DemoApp demo)
    {
        this.data = data;
        Demo = demo;
    }

    public DemoApp Demo { get; }

    public static async Task<WebPages> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var data = Directory.CreateTempSubdirectory("alerts-pages-").FullName;
        var all = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Logging:LogLevel:Default"] = "None" };
        foreach (var limit in (string[])["AnonymousPerMinute", "UserPerMinute", "EnrolmentsPerHour", "SearchesPerMinute"])
            all[$"Alerts:RateLimits:{limit}"] = "100000";
        return new WebPages(data, await DemoApp.StartAsync(new DemoOptions { DataDirectory = data, Settings = all }));
    }

    /// <summary>A page of one person; without scripts unless they are wanted.</summary>
    public async Task<IPage> OpenAsync(IBrowser browser, string path, bool withScripts = true, string locale = "en-US", int width = 1280, ColorScheme scheme = ColorScheme.Light, bool isRightToLeft = false)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Demo.Address.ToString(), Locale = locale, JavaScriptEnabled = withScripts, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, TimezoneId = "Europe/Berlin",
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        context.SetDefaultTimeout(90_000);
        if (isRightToLeft)
            await context.AddInitScriptAsync(RightToLeft);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path.TrimStart('/'));
        return page;
    }

    /// <summary>
    /// Looks at a page wide and narrow, light and dark: nothing that axe-core finds, nothing to scroll sideways to, nothing asked of another
    /// server but pictures of listings, nothing that the browser had to refuse.
    /// </summary>
    public async Task LookAsync(IPage page, string name)
    {
        foreach (var (look, width, scheme) in looks)
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await LookOnceAsync(page, $"{name}-{look}");
        }
    }

    /// <summary>The same for the one look that the page has.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">Names the picture.</param>
    /// <param name="withScripts">Without scripts axe-core, which is one, looks at nothing.</param>
    public static async Task LookOnceAsync(IPage page, string name, bool withScripts = true)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = PictureOf($"page-{name}"), FullPage = true });
        if (withScripts)
        {
            var result = await page.RunAxe();
            Assert.Empty(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id}: {node.Html}")));
        }

        Assert.Equal(page.ViewportSize!.Width, await page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, innerWidth)"));
    }

    public async ValueTask DisposeAsync()
    {
        await Demo.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    static string PictureOf(string name) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName, string.Create(CultureInfo.InvariantCulture, $"{name}.png"));
}
