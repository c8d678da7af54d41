using Alerts.Tests.Mail;
using Microsoft.Playwright;

namespace Alerts.Browser.Tests;

/// <summary>
/// Each kind of mail as a browser shows it, in the light, in the dark, on a narrow screen and without pictures.
/// The pictures are left in the folder <c>pictures</c> beside the tests, to be looked at.
/// </summary>
public sealed class MailPictureTests(Chromium chromium) : IClassFixture<Chromium>
{
    const int Wide = 800;
    const int Narrow = 320;

    /// <summary>Every piece of text with its colour against the background it stands on (WCAG 2.2, contrast ratio).</summary>
    const string Contrasts = """
        () => {
          const channels = c => c.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => {
            const f = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
            return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
          };
          const background = e => {
            for (; e; e = e.parentElement) {
              const c = channels(getComputedStyle(e).backgroundColor);
              if (c.length === 3 || c[3] > 0) return c;
            }
            return [255, 255, 255];
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const weak = [];
          while (walker.nextNode()) {
            const e = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !e.getClientRects().length) continue;
            const a = luminance(channels(getComputedStyle(e).color)), b = luminance(background(e));
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) weak.push(walker.currentNode.data.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
          }
          return weak;
        }
        """;

    public static TheoryData<string> Names => SampleMails.Names;

    [Theory, MemberData(nameof(Names))]
    public Task A_mail_is_readable_in_the_light(string name) => LookAsync(name, "light", Wide, ColorScheme.Light, withPictures: true);

    [Theory, MemberData(nameof(Names))]
    public Task A_mail_is_readable_in_the_dark(string name) => LookAsync(name, "dark", Wide, ColorScheme.Dark, withPictures: true);

    [Theory, MemberData(nameof(Names))]
    public Task A_mail_is_readable_at_320_pixels(string name) => LookAsync(name, "narrow", Narrow, ColorScheme.Light, withPictures: true);

    [Theory, MemberData(nameof(Names))]
    public Task A_mail_is_readable_without_pictures(string name) => LookAsync(name, "no-pictures", Narrow, ColorScheme.Dark, withPictures: false);

    async Task LookAsync(string name, string look, int width, ColorScheme scheme, bool withPictures)
    {
        var (recipient, notification) = SampleMails.Of(name);
        using var mail = await Mails.Composer().ComposeAsync(recipient, notification);
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 700 },
        });
        // Nothing is fetched from outside: a picture of a listing is a drawing of ours, and anything else asked for is a fault.
        var others = new List<string>();
        await context.RouteAsync("**/*", async route =>
        {
            if (!route.Request.Url.StartsWith("https://i.ebayimg.com/", StringComparison.Ordinal))
                others.Add(route.Request.Url);
            if (withPictures && others.Count == 0)
                await route.FulfillAsync(new RouteFulfillOptions { ContentType = "image/svg+xml", Body = Drawing });
            else
                await route.AbortAsync();
        });
        var page = await context.NewPageAsync();

        await page.SetContentAsync(mail.HtmlBody!);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = PictureOf(name, look), FullPage = true });

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(mail.HtmlBody!), 1_000, 100_000);
        Assert.Empty(others);
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>(Contrasts));
        Assert.Equal(mail.Subject, await page.InnerTextAsync("h1"));
    }

    static string PictureOf(string name, string look)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures"));
        return Path.Combine(folder.FullName, $"{name}-{look}.png");
    }

    const string Drawing = """
        <svg xmlns="http://www.w3.org/2000/svg" width="225" height="225" viewBox="0 0 225 225">
        <rect width="225" height="225" fill="#fff"/><rect x="72" y="20" width="82" height="185" rx="14" fill="#345"/>
        <rect x="78" y="34" width="70" height="157" rx="4" fill="#9cf"/></svg>
        """;
}
