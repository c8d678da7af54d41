using Alerts.Mail.Templates;
using Alerts.Search;
using Alerts.Texts;

namespace Alerts.Gateway.Pages.Shared.Listings;

/// <summary>The line below a listing's price. Pure.</summary>
static class ListingWords
{
    /// <summary>Shipping, condition, bids and end, if known.</summary>
    public static string Of(Listing listing, TextCatalogue texts, MailFormat format)
    {
        var parts = new List<string>();
        if (listing.Shipping is { } shipping)
        {
            parts.Add(shipping.Value == 0 ? texts["listing.shipping.free"] : texts["listing.shipping", format.Amount(shipping)]);
            if (shipping.Value > 0 && shipping.Currency == listing.Price.Currency)
                parts.Add(texts["listing.total", format.Amount(listing.Price with { Value = listing.Price.Value + shipping.Value })]);
        }
        if (listing.Condition is { } condition)
            parts.Add(condition);
        if (listing.BidCount is { } bids)
            parts.Add(texts.Count("listing.bids", bids));
        if (listing.EndsAt is { } end)
            parts.Add(texts["listing.ends", format.Moment(end)]);
        return string.Join(texts["list.dot"], parts);
    }
}
