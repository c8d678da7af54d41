namespace Alerts.Search;

/// <summary>Estimates a snapshot's memory: the size of its texts, and a fixed amount for each listing.</summary>
static class SnapshotSize
{
    const int Entry = 400, Object = 350, Char = 2;

    public static long Of(SearchSnapshot? snapshot) =>
        snapshot is null ? Entry : Entry + snapshot.Listings.Sum(Of) + snapshot.Newest.Sum(Of);

    static long Of(Listing listing) =>
        Object + Char * (listing.ItemId.Length + listing.Title.Length + listing.Url.Length + (listing.ImageUrl?.Length ?? 0)
            + (listing.Seller?.Length ?? 0));
}
