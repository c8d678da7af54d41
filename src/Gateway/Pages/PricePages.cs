using System.Globalization;
using Alerts.Search;
using Alerts.SharedData.Products;
using Alerts.Tokens;

namespace Alerts.Gateway.Pages;

/// <summary>
/// <c>/manage/{token}/prices/{itemId}</c>: what a listing's own price did, for whoever has a manage link. Insight mails lead here.
/// A listing is shown while it was seen within six hours (eBay API licence).
/// </summary>
static class PricePages
{
    const int MaxPrices = 60;
    static readonly TimeSpan shown = TimeSpan.FromDays(90);

    public static void MapPricePages(this WebApplication app) =>
        app.MapGet("/manage/{token}/prices/{itemId}", ShowAsync).ExcludeFromDescription();

    static async Task<IResult> ShowAsync(
        string token, string itemId, LinkTokens tokens, IGrainFactory grains, ProductCatalog catalog, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await ManagePages.FindAsync(token, tokens, grains) is not { } user)
            return ManagePages.NotValid();
        var now = clock.GetUtcNow();
        if (await catalog.FindAsync(itemId, cancellationToken) is not { } product || !Freshness.IsCurrent(product.LastSeen, now)
            || await catalog.PricesAsync(itemId, now - shown, now, MaxPrices, cancellationToken) is not { } prices)
        {
            return Page.Of("Not listed lately", "<p>No search found this listing in the last hours: it was sold, has ended or costs more than you look for.</p>", StatusCodes.Status404NotFound);
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(user.Settings.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var title = product.Url is { } url && (url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal))
            ? $"<a href=\"{Page.Encode(url)}\" rel=\"noreferrer\">{Page.Encode(product.Title)}</a>"
            : Page.Encode(product.Title);
        var extremes = product is { Lowest: { } lowest, Highest: { } highest }
            ? $"<p>Lowest seen {Amount(lowest.Price)} on {Moment(lowest.At)}, highest {Amount(highest.Price)} on {Moment(highest.At)}.</p>"
            : "";
        var rows = string.Concat(prices.Points.Reverse().Select(point => $"<tr><td>{Moment(point.At)}</td><td>{Amount(point.Price)}</td></tr>"));
        var fewer = prices.Total > prices.Points.Length ? $"<p>{prices.Points.Length} of {prices.Total} prices: the first, the last, and the lows and highs between.</p>" : "";
        return Page.Of("What its price did", $"""
            <p>{title}</p>
            <p>{Amount(product.SellerPrice)} since {Moment(product.PriceSince)}; seen on eBay on {Moment(product.LastSeen)}, and may have changed since.</p>{extremes}
            <table><tr><th scope="col">from</th><th scope="col">seller’s price</th></tr>{rows}</table>{fewer}
            <p>Times are in the time zone {Page.Encode(zone.Id)}.</p>
            """);

        string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    static string Amount(Money money) => string.Create(CultureInfo.InvariantCulture, $"{money.Value:#,##0.00#} {Page.Encode(money.Currency)}");
}
