namespace Alerts.SharedData.Products;

/// <summary>Divides a delivery into transactions of limited size.</summary>
public static class FlushParts
{
    /// <summary>
    /// The batches in their order, in parts within both limits. A batch over a limit is divided between its listings, but a single listing
    /// is never divided.
    /// </summary>
    /// <param name="batches">A delivery.</param>
    /// <param name="rows">Limit of listings in a part.</param>
    /// <param name="bytes">Limit of bytes in a part (<see cref="BatchSize"/>).</param>
    public static IEnumerable<IReadOnlyList<ProductBatch>> Of(IEnumerable<ProductBatch> batches, int rows, int bytes)
    {
        var part = new List<ProductBatch>();
        var (partRows, partBytes) = (0, 0);
        foreach (var batch in batches.SelectMany(batch => Pieces(batch, rows, bytes)))
        {
            var batchBytes = BatchSize.BytesOf(batch);
            if (part.Count > 0 && (partRows + BatchSize.RowsOf(batch) > rows || partBytes + batchBytes > bytes))
            {
                yield return part;
                part = [];
                (partRows, partBytes) = (0, 0);
            }

            part.Add(batch);
            partRows += BatchSize.RowsOf(batch);
            partBytes += batchBytes;
        }

        if (part.Count > 0)
            yield return part;
    }

    static IEnumerable<ProductBatch> Pieces(ProductBatch batch, int rows, int bytes)
    {
        if (batch.Listings.Length <= 1 || (batch.Listings.Length <= rows && BatchSize.BytesOf(batch) <= bytes))
            return [batch];
        var half = batch.Listings.Length / 2;
        return Pieces(batch with { Listings = batch.Listings[..half] }, rows, bytes)
            .Concat(Pieces(batch with { Listings = batch.Listings[half..] }, rows, bytes));
    }
}
