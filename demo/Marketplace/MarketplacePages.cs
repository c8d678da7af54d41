using System.Globalization;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Marketplace;

/// <summary>What people see of the marketplace: its own page, a listing's page, a listing's picture.</summary>
sealed class MarketplacePages(Market market)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => Page.WriteAsync(context, "Demo marketplace", "<main><h1>Demo marketplace</h1></main>"));
        routes.MapGet("/itm/{id}", ListingAsync);
        routes.MapGet("/images/{id}.png", ImageAsync);
    }

    Task ListingAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return market.Shown(id) is { } listing
            ? Page.WriteAsync(context, listing.Title, $"<main><h1>{Page.Encode(listing.Title)}</h1></main>")
            : Page.WriteAsync(context, "No such listing", "<main><h1>No such listing</h1></main>", StatusCodes.Status404NotFound);
    }

    static async Task ImageAsync(HttpContext context)
    {
        context.Response.ContentType = "image/png";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        await context.Response.Body.WriteAsync(ListingImage.Png((string)context.Request.RouteValues["id"]!), context.RequestAborted);
    }
}
