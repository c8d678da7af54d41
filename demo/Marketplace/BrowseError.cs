namespace Alerts.Demo.Marketplace;

/// <summary>An error or a warning in eBay's shape, with eBay's numbers.</summary>
sealed record BrowseError(int ErrorId, string Domain, string Category, string Message, string? LongMessage = null, string? Parameter = null, string? Value = null)
{
    public static readonly BrowseError Internal = new(12000, "API_BROWSE", "APPLICATION", "There was a problem with an eBay internal system or process.");
    public static readonly BrowseError NoKeyword = Request(12001, "The call must have a valid 'q', 'category_ids', 'charity_ids', 'epid' or 'gtin' query parameter.");
    public static readonly BrowseError OffsetNegative = Request(12004, "The 'offset' value cannot be negative.");
    public static readonly BrowseError OffsetNotInteger = Request(12005, "The 'offset' value must be an integer.");
    public static readonly BrowseError LimitOutOfRange = Request(12006, "The 'limit' value should be between 1 and 200 (inclusive).");
    public static readonly BrowseError LimitNotInteger = Request(12007, "The 'limit' value must be an integer value.");
    public static readonly BrowseError AspectsNeedCategory = Request(12017, "The 'aspect_filter' parameter needs the category in 'category_ids'.");
    public static readonly BrowseError ResultTooLarge = Request(12023, "The result set is too large. Narrow the search by filters or a category.");
    public static readonly BrowseError OffsetTooLarge = Request(12029, "At most 10,000 listings can be read: the 'offset' value must be less than 10,000.");
    public static readonly BrowseError TooManySellers = Request(12032, "The number of sellers in the filter must be 250 or fewer.");
    public static readonly BrowseError OffsetNotMultiple = Request(12515, "The 'offset' value must be either zero or a multiple of the 'limit' value.");

    public static readonly BrowseError MissingToken = new(1002, "OAuth", "REQUEST", "Missing access token",
        "Access token is missing in the Authorization HTTP request header.");
    public static readonly BrowseError InvalidToken = new(1001, "OAuth", "REQUEST", "Invalid access token",
        "Invalid access token. Check the value of the Authorization HTTP request header.");
    public static readonly BrowseError TooManyRequests = new(2001, "ACCESS", "REQUEST", "Too many requests.",
        "The request limit has been reached for the resource.");

    /// <summary>A warning: the filter is ignored, and the rows are not what was asked for.</summary>
    public static BrowseError BadFilter(string name, string value) =>
        Request(12002, $"The {name} value is invalid. For the valid values, refer to the API call documentation.") with { Parameter = name, Value = value };

    /// <summary>Which marketplaces tell business sellers from others, only eBay knows for sure; here it is those of Europe.</summary>
    public static readonly BrowseError NoAccountTypesHere = Request(12014, "The 'sellerAccountTypes' filter is not supported on this marketplace.");

    /// <summary>A warning: the four filters of a pickup count only together.</summary>
    public static readonly BrowseError PickupNeedsAll =
        Request(12010, "The 'pickupCountry', 'pickupPostalCode', 'pickupRadius' and 'pickupRadiusUnit' filters must be used together.");

    /// <summary>A warning: the order is Best Match.</summary>
    public static BrowseError BadSort(string value) =>
        Request(12008, "The 'sort' value is invalid. For the valid values, refer to the API call documentation.") with { Parameter = "sort", Value = value };

    /// <summary>A warning: the category is ignored.</summary>
    public static BrowseError BadCategory(string value) =>
        Request(12009, "The 'category_ids' query parameter is invalid.") with { Parameter = "category_ids", Value = value };

    /// <summary>A warning: price and priceCurrency count only together.</summary>
    public static readonly BrowseError PriceNeedsCurrency =
        Request(12012, "A valid 'price' filter and a valid 'priceCurrency' filter is necessary to filter based on price.");

    static BrowseError Request(int id, string message) => new(id, "API_BROWSE", "REQUEST", message);
}
