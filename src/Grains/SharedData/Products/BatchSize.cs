namespace Alerts.SharedData.Products;

/// <summary>Estimates the size of a batch for limits: its bytes in a statement, and similarly in memory.</summary>
public static class BatchSize
{
    const int BytesPerListing = 160;

    /// <summary>Rows of a batch, at least one: an empty batch takes a place in the stream too.</summary>
    public static int RowsOf(ProductBatch batch) => Math.Max(1, batch.Listings.Length);

    /// <summary>Bytes of a batch: up to three bytes for a character, numbers and times as text.</summary>
    public static int BytesOf(ProductBatch batch)
    {
        var bytes = BytesPerListing + batch.Query.Length;
        foreach (var (_, listing) in batch.Listings)
            bytes += BytesPerListing + listing.ItemId.Length + 3 * listing.Title.Length + listing.Url.Length
                + (listing.ImageUrl?.Length ?? 0);
        return bytes;
    }
}
