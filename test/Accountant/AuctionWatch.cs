namespace Alerts.Accounts;

/// <summary>When a person wants to hear of an auction before it ends. Bids only rise, so what is too dear stays so.</summary>
/// <param name="Lead">How long before its end.</param>
/// <param name="MaxBids">With at most so many bids.</param>
/// <param name="BidAtOrBelow">With a bid of at most so much.</param>
public sealed record AuctionWatch(TimeSpan Lead, int? MaxBids, decimal? BidAtOrBelow)
{
    /// <summary>Whether an auction was so at some moment between two.</summary>
    public bool WantedBetween(Offer offer, DateTimeOffset from, DateTimeOffset to)
    {
        for (var at = 0; at < offer.Bids.Count; at++)
        {
            var (bid, count, since) = offer.Bids[at];
            var until = at + 1 < offer.Bids.Count ? offer.Bids[at + 1].From : DateTimeOffset.MaxValue;
            if (since <= to && until >= from && !(count > MaxBids) && !(bid > BidAtOrBelow))
                return true;
        }

        return false;
    }
}
