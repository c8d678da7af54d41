namespace Alerts.SharedData.Products;

/// <summary>How much a batch is, for limits: an estimate of the bytes it takes in a statement and, much the same, in memory.</summary>
public static class BatchSize
{
    const int BytesPerListing = 160;

    /// <summary>Rows of a batch; one at least, because an empty one takes a place in the stream, too.</summary>
    public static int RowsOf(ProductBatch batch) => Math.Max(1, batch.Listings.Length);

    /// <summary>Bytes of a batch: texts of up to three bytes a letter, numbers and times as text.</summary>
    public static int BytesOf(ProductBatch batch)
    {
        var bytes = BytesPerListing + batch.Query.Length;
        foreach (var (_, listing) in batch.Listings)
            bytes += BytesPerListing + listing.ItemId.Length + 3 * listing.Title.Length + listing.Url.Length + (listing.ImageUrl?.Length ?? 0);
        return bytes;
    }
}
