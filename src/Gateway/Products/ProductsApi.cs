using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Operations;
using Alerts.SharedData;
using Alerts.SharedData.Prices;
using Alerts.SharedData.Products;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Products;

/// <summary>
/// <c>/v1/products</c>: listings that searches found, with their price histories. For callers with an API key or a manage token.
/// </summary>
static class ProductsApi
{
    const int MaxItemIdLength = 64;
    const int DefaultPoints = 200;
    const int MaxPoints = 1_000;
    static readonly TimeSpan defaultTime = TimeSpan.FromDays(14);

    public static IServiceCollection AddAlertsProducts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SharedDataOptions>().Bind(configuration.GetSection(SharedDataOptions.Section));
        services.AddProductCatalog();
        services.AddHealthChecks().AddCheck<SharedDataHealthCheck>("shared-data", tags: ["ready"], timeout: TimeSpan.FromSeconds(2));
        return services;
    }

    public static void MapProducts(this RouteGroupBuilder v1)
    {
        var products = v1.MapGroup("/products/{itemId}").WithTags("Products").RequireAuthorization(AccessPolicies.Known);
        products.MapGet("/", GetAsync)
            .Named("getProduct", "Read a listing that searches found, its lowest and highest price, and its last change.");
        products.MapGet("/prices", GetPricesAsync)
            .Named("listPrices", "Read a listing's own prices from one moment to another, thinned to a number of points.");
    }

    static async Task<Results<Ok<ProductDetails>, ProblemHttpResult>> GetAsync(string itemId, ProductCatalog catalog,
        CancellationToken cancellationToken) =>
        itemId.Length <= MaxItemIdLength && await catalog.FindAsync(itemId, cancellationToken) is { } product
            ? TypedResults.Ok(product)
            : Problems.NotFound("product");

    /// <param name="itemId">eBay's RESTful item id.</param>
    /// <param name="from">The beginning; default 14 days before the end.</param>
    /// <param name="to">The end; default now.</param>
    /// <param name="points">
    /// The most prices in the answer, 4 to 1,000; default 200. Of more, the first, the last, and lows and highs between.
    /// </param>
    /// <param name="catalog">The shared database.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    static async Task<Results<Ok<PriceSeries>, ProblemHttpResult>> GetPricesAsync(
        string itemId, DateTimeOffset? from, DateTimeOffset? to, int? points, ProductCatalog catalog, TimeProvider clock,
            CancellationToken cancellationToken)
    {
        var end = to ?? clock.GetUtcNow();
        var begin = from ?? (end.UtcTicks > defaultTime.Ticks ? end - defaultTime : DateTimeOffset.MinValue);
        var errors = new Dictionary<string, string[]>();
        if (begin >= end)
            errors["from"] = ["The beginning must be before the end."];
        if (points is < PriceThinning.LeastPoints or > MaxPoints)
            errors["points"] = [$"The number of points is {PriceThinning.LeastPoints} to {MaxPoints}."];
        if (errors.Count > 0)
            return Problems.Invalid(errors);
        return itemId.Length <= MaxItemIdLength
            && await catalog.PricesAsync(itemId, begin, end, points ?? DefaultPoints, cancellationToken) is { } prices
            ? TypedResults.Ok(prices)
            : Problems.NotFound("product");
    }
}
