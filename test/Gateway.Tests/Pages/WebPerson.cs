using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>Somebody with a browser without scripts: follows links, fills fields in, presses buttons, keeps cookies.</summary>
sealed class WebPerson : IDisposable
{
    readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer() };
    readonly HttpClient client;

    public WebPerson(Uri address, string language = "en-US")
    {
        client = new HttpClient(handler) { BaseAddress = address };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The page in front of the person.</summary>
    public IHtmlDocument Page { get; private set; } = null!;

    /// <summary>The status of that page.</summary>
    public int Status { get; private set; }

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = null!;

    public HttpResponseHeaders Headers { get; private set; } = null!;

    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>What the page says.</summary>
    public string Text => string.Join(' ', Page.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Heading => Page.QuerySelector("h1")!.TextContent.Trim();

    public Task GoAsync(string url) => ShowAsync(client.GetAsync(url, Cancellation));

    /// <summary>Follows the link with these words.</summary>
    public Task FollowAsync(string words) => GoAsync(Absolute(Page.QuerySelectorAll("a").First(link => link.TextContent.Trim() == words).GetAttribute("href")!));

    /// <summary>Presses the button with these words, with the fields of its form as they are or as given here.</summary>
    public Task PressAsync(string words, params (string Name, string Value)[] changes)
    {
        var button = (IHtmlButtonElement)Page.QuerySelectorAll("button").First(button => button.TextContent.Trim() == words);
        var form = button.Form!;
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                    break;
                case IHtmlInputElement { Name: { Length: > 0 } name } input:
                    fields.Add(new(name, input.Value));
                    break;
                case IHtmlSelectElement { Name: { Length: > 0 } name } select:
                    fields.Add(new(name, select.Value ?? ""));
                    break;
                case IHtmlTextAreaElement { Name: { Length: > 0 } name } area:
                    fields.Add(new(name, area.Value));
                    break;
            }
        }

        if (button.Name is { Length: > 0 } pressed)
            fields.Add(new(pressed, button.Value));
        foreach (var (name, value) in changes)
        {
            fields.RemoveAll(field => field.Key == name);
            fields.Add(new(name, value));
        }

        var action = form.GetAttribute("action") is { } given ? Absolute(given) : Address.ToString();
        return ShowAsync(form.GetAttribute("method") == "post"
            ? client.PostAsync(action, new FormUrlEncodedContent(fields), Cancellation)
            : client.GetAsync($"{action.Split('?')[0]}?{string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"))}", Cancellation));
    }

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    /// <summary>An address of the page, which stands relative to the page's base.</summary>
    string Absolute(string url) => new Uri(new Uri(Address, Page.QuerySelector("base")?.GetAttribute("href") ?? "/"), url).ToString();

    async Task ShowAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        Status = (int)response.StatusCode;
        Address = response.RequestMessage!.RequestUri!;
        Headers = response.Headers;
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(Cancellation));
    }
}
