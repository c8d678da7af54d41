namespace Alerts.SharedData;

/// <summary>Parts a delivery into transactions of a bounded size.</summary>
public static class FlushParts
{
    const int BytesPerListing = 160;

    /// <summary>The batches in their order, in parts that reach neither limit unless a single batch does: that one is parted by listings.</summary>
    /// <param name="batches">A delivery.</param>
    /// <param name="rows">Most listings of a part.</param>
    /// <param name="bytes">Most bytes of a part, as estimated from its texts.</param>
    public static IEnumerable<IReadOnlyList<ProductBatch>> Of(IEnumerable<ProductBatch> batches, int rows, int bytes)
    {
        var part = new List<ProductBatch>();
        var (partRows, partBytes) = (0, 0);
        foreach (var batch in batches.SelectMany(batch => Pieces(batch, rows, bytes)))
        {
            var batchBytes = batch.Listings.Sum(listing => SizeOf(listing.Listing));
            if (part.Count > 0 && (partRows + batch.Listings.Length > rows || partBytes + batchBytes > bytes))
            {
                yield return part;
                part = [];
                (partRows, partBytes) = (0, 0);
            }

            part.Add(batch);
            partRows += batch.Listings.Length;
            partBytes += batchBytes;
        }

        if (part.Count > 0)
            yield return part;
    }

    static IEnumerable<ProductBatch> Pieces(ProductBatch batch, int rows, int bytes)
    {
        if (batch.Listings.Length <= 1 || (batch.Listings.Length <= rows && batch.Listings.Sum(listing => SizeOf(listing.Listing)) <= bytes))
            return [batch];
        var half = batch.Listings.Length / 2;
        return Pieces(batch with { Listings = batch.Listings[..half] }, rows, bytes)
            .Concat(Pieces(batch with { Listings = batch.Listings[half..] }, rows, bytes));
    }

    /// <summary>Bytes of a listing in a statement: texts of up to three bytes a letter, numbers and times as text.</summary>
    static int SizeOf(Listing listing) =>
        BytesPerListing + listing.ItemId.Length + 3 * listing.Title.Length + listing.Url.Length + (listing.ImageUrl?.Length ?? 0);
}
