using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Alerts.Search;

namespace Alerts.SharedData.Products;

/// <summary>What eBay states about a listing besides the seller's price, in the form of the columns of <c>products</c>.</summary>
public sealed class ProductFacts
{
    /// <summary>The columns of <see cref="Values"/>, in their order.</summary>
    public static readonly string[] Columns =
    [
        "legacy_item_id", "title", "price", "currency", "item_condition", "marketplace", "url", "image_url", "shipping",
            "shipping_currency", "buying_options",
    ];

    /// <summary>The columns of <see cref="Offer"/>: what depends on the marketplace.</summary>
    public static readonly string[] OfferColumns = ["price", "currency", "url", "shipping", "shipping_currency"];

    const int RowBytes = 200;
    const int TitleLength = 255;
    const int ConditionLength = 64;
    const int UrlLength = 2_048;
    const int BuyingOptionsLength = 128;

    /// <summary>
    /// Converts a listing to the form of the columns. Texts that are too long are cut; addresses that are too long are left out.
    /// </summary>
    public ProductFacts(Listing listing, string marketplace)
    {
        Values =
        [
            listing.ListingNumber,
            Cut(listing.Title, TitleLength),
            decimal.Round(listing.Price.Value, 3),
            listing.Price.Currency,
            Cut(listing.Condition, ConditionLength),
            marketplace,
            Fit(listing.Url),
            Fit(listing.ImageUrl),
            listing.Shipping is { } shipping ? decimal.Round(shipping.Value, 3) : null,
            listing.Shipping?.Currency,
            Cut(string.Join(',', listing.BuyingOptions), BuyingOptionsLength),
        ];
        Digest = DigestOf(Values);
        Marketplace = marketplace;
        Bytes = RowBytes + Values.OfType<string>().Sum(text => text.Length);
    }

    /// <summary>The marketplace that states these facts.</summary>
    public string Marketplace { get; }

    /// <summary>The values of <see cref="OfferColumns"/>.</summary>
    public IEnumerable<object?> Offer => OfferColumns.Select(column => Values[Array.IndexOf(Columns, column)]);

    /// <summary>About how many bytes the values take in a statement.</summary>
    public int Bytes { get; }

    /// <summary>The values of <see cref="Columns"/>.</summary>
    public object?[] Values { get; }

    /// <summary>
    /// The first 64 bits of the SHA-256 of the values. Comparing it shows whether a row has changed, without reading the whole row.
    /// </summary>
    public long Digest { get; }

    static long DigestOf(object?[] values)
    {
        var text = string.Join('\n',
            values.Select(value => value is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"={value}")));
        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>A text of at most <paramref name="length"/> UTF-16 units; never ends with half a character.</summary>
    static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>The address, or null if it is too long: a cut address leads nowhere.</summary>
    static string? Fit(string? url) => url?.Length <= UrlLength ? url : null;
}
