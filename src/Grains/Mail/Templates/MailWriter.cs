using Alerts.Mail.Compose;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.Texts;

namespace Alerts.Mail.Templates;

/// <summary>Puts a notification into the words its reader sees. Pure.</summary>
sealed class MailWriter(Notification mail, UserSettings settings, MailLinks links)
{
    readonly TextCatalogue texts = TextCatalogue.Of(settings.Language);
    readonly MailFormat format = MailFormat.Of(settings.Language, settings.TimeZone);

    /// <summary>The mail's model.</summary>
    public MailModel Write()
    {
        var sections = Sections();
        return new MailModel
        {
            Subject = mail.SignIn is null ? MailSubject.Of(mail, format) : texts["mail.signin.subject"],
            Preview = Preview(sections),
            Paragraphs = Paragraphs(sections.Count),
            Action = Action(),
            Sections = sections,
            Reasons = Reasons(),
            Links = FooterLinks(),
        };
    }

    List<MailSection> Sections()
    {
        var limits = MailBudget.Share(mail.Sections);
        return [.. limits.Select((limit, index) => Section(mail.Sections[index], limit))];
    }

    MailSection Section(NotificationSection section, int limit)
    {
        var search = settings.Searches.FirstOrDefault(search => search.Id == section.SearchId);
        var url = EbaySite.SearchUrl(section.Marketplace, section.Phrase, search);
        var hidden = limit == 0 ? 0 : Math.Max(0, IsList ? section.Total - limit : section.Omitted + section.Items.Length - limit);
        return new MailSection
        {
            Heading = MailSubject.Clean(section.Phrase),
            Url = url,
            Summary = Summary(section),
            Items = [.. section.Items.Take(limit).Select(Item)],
            More = hidden > 0 ? new MailLink($"and {format.Number(hidden)} more on eBay", url) : null,
            Cheapest = limit > 0 && section.Cheapest is { } cheapest && SafeUrl(cheapest.Url) is { } page
                ? new MailLink($"Cheapest now: {format.Amount(cheapest.Price)}, {MailSubject.Clean(cheapest.Title)}", page)
                : null,
            Stop = limit > 0 && settings.Searches.Length > 1 && search is not null
                ? new MailLink("Stop this search", links.UnsubscribeSearch(section.SearchId))
                : null,
        };
    }

    string Summary(NotificationSection section)
    {
        var listed = section.Total == 1 ? "1 listed" : $"{format.Number(section.Total)} listed";
        if (mail.Kind is NotificationKind.Insight)
            return $"{EbaySite.NameOf(section.Marketplace)} · {MailSubject.Counts([section], format)} · seen at {format.Moment(section.FetchedAt)} or later";
        var counts = IsList ? listed : $"{MailSubject.Counts([section], format)}, {listed}";
        return $"{EbaySite.NameOf(section.Marketplace)} · {counts} · as of {format.Moment(section.FetchedAt)}";
    }

    MailItem Item(NewsItem item)
    {
        var listing = item.Listing;
        // The seller's own price is the one compared: a converted price moves with the exchange rate.
        var part = item.PreviousPrice is { Value: > 0 } previous && previous.Currency == listing.SellerPrice.Currency
            ? (listing.SellerPrice.Value - previous.Value) / previous.Value
            : (decimal?)null;
        return new MailItem
        {
            Title = MailSubject.Clean(listing.Title),
            Url = SafeUrl(listing.Url) ?? "https://www.ebay.com/itm/" + listing.ListingNumber,
            ImageUrl = SafeUrl(listing.ImageUrl),
            Badge = Badge(item.Kind, part),
            IsDrop = item.Kind is NewsKind.PriceDrop,
            Price = format.Amount(listing.Price),
            PriceNote = PriceNote(listing, part is null ? null : item.PreviousPrice),
            Details = string.Join(" · ", Details(listing)),
            Chart = item.Trend is { } trend ? MailChart.Of(trend, TrendText(trend), new MailLink("all its prices", links.Prices(listing.ItemId))) : null,
        };
    }

    string TrendText(PriceTrend trend)
    {
        var range = trend.Lowest == trend.Highest
            ? $"{format.Amount(trend.Lowest)} on all {trend.Days.Length} days"
            : $"{trend.Days.Length} days: {format.Amount(trend.Lowest)} to {format.Amount(trend.Highest)}";
        return trend.LowestSince is { } since ? $"{range}, lowest seen since {format.Day(since)}" : range;
    }

    string? Badge(NewsKind kind, decimal? part) => kind switch
    {
        NewsKind.New => "New",
        NewsKind.PriceDrop => part is { } fall ? $"Price down {format.Percent(-fall)}" : "Price down",
        NewsKind.PriceRise => part is { } rise ? $"Price up {format.Percent(rise)}" : "Price up",
        _ => null,
    };

    string? PriceNote(Listing listing, Money? previous)
    {
        var was = previous is { } before ? $"was {format.Amount(before)}" : null;
        if (listing.SellerPrice.Currency == listing.Price.Currency)
            return was;
        var asked = $"seller asks {format.Amount(listing.SellerPrice)}";
        return was is null ? asked : $"{asked}, {was}";
    }

    IEnumerable<string> Details(Listing listing)
    {
        yield return listing.Shipping switch
        {
            null => "shipping not stated",
            { Value: 0 } => "free shipping",
            { } cost => $"+ {format.Amount(cost)} shipping",
        };
        if (listing.Condition is { } condition)
            yield return condition;
        if (listing.BidCount is { } bids)
            yield return bids == 1 ? "auction, 1 bid" : $"auction, {format.Number(bids)} bids";
        else if (listing.BuyingOptions.Contains(BuyingOption.Auction.JsonName()))
            yield return "auction";
        if (listing.BuyingOptions.Contains(BuyingOption.BestOffer.JsonName()))
            yield return "or best offer";
        if (listing.EndsAt is { } end)
            yield return $"ends {format.Moment(end)}";
    }

    bool IsList => mail.Kind is NotificationKind.FirstResults or NotificationKind.EveryCheck;

    string Preview(List<MailSection> sections) =>
        sections.Count > 0 && sections[0].Items is [var first, ..] ? $"{first.Price}, {first.Title}" : mail.Kind switch
        {
            NotificationKind.Confirmation => "One click, and the alerts begin.",
            NotificationKind.FirstResults => "Nothing is listed yet. You will hear of the first listing.",
            NotificationKind.ManageLink when mail.SignIn is not null => texts["mail.signin.preview"],
            NotificationKind.ManageLink => "See, change, pause or delete your alerts.",
            NotificationKind.AddressChanged => "This address gets no more alerts.",
            NotificationKind.AddressConfirmation => "One click, and the alerts come here.",
            NotificationKind.Goodbye => "Nothing about you is kept.",
            _ => "",
        };

    List<string> Paragraphs(int shown) => mail.Kind switch
    {
        NotificationKind.Confirmation =>
        [
            $"Somebody, hopefully you, asked for product alerts to this address: {Phrases()}.",
            "Please confirm that you want them. Without a confirmation nothing else is sent, and the request is deleted after seven days.",
        ],
        NotificationKind.FirstResults when mail.Sections.All(section => section.Total == 0) =>
            ["Nothing is listed for your searches yet. You will hear of the first listing."],
        NotificationKind.FirstResults => [settings.Notify is NotifyMode.EveryCheck
            ? "This is what is listed now, cheapest with shipping first. The next list comes with the next check."
            : "This is what is listed now, cheapest with shipping first. From here on you hear of changes only."],
        NotificationKind.Insight => [$"These listings, which your searches found, cost less than they did{Days()} or when they came. The bars are each listing's own price, day by day; the last one is now."],
        NotificationKind.ManageLink when mail.SignIn is not null => [texts["mail.signin.text"], texts["mail.signin.not.you"]],
        NotificationKind.ManageLink =>
        [
            "Somebody, hopefully you, asked for product alerts to this address, which has alerts already. Nothing was changed.",
            "With the link below you can see, change, pause or delete them. Keep it to yourself: whoever has it can do the same.",
        ],
        NotificationKind.AddressChanged =>
        [
            "The product alerts that came to this address go to another one from now on.",
            "If that was not you, somebody has your manage link: take your alerts back below, and get a new link there.",
        ],
        NotificationKind.AddressConfirmation =>
        [
            "Somebody, hopefully you, wants their product alerts to come to this address.",
            "Please confirm that you want them. Without a confirmation nothing else is sent here.",
        ],
        NotificationKind.Goodbye =>
        [
            "Your product alerts, their history and your address have been deleted, as was asked for. This is the last mail.",
            "If it was not you who asked, somebody had your manage link, which is void now. You can ask for alerts again at any time.",
        ],
        _ when shown < mail.Sections.Length => [$"Your first {format.Number(shown)} searches with news are below; the others did not fit into one mail."],
        _ => [],
    };

    string Days() => mail.Sections.SelectMany(section => section.Items).FirstOrDefault()?.Trend is { } trend ? $" {trend.Days.Length} days ago" : "";

    MailLink? Action() => mail.Kind switch
    {
        NotificationKind.Confirmation => new MailLink("Confirm my alerts", links.Confirm),
        NotificationKind.AddressConfirmation => new MailLink("Confirm this address", links.ConfirmAddress),
        NotificationKind.ManageLink when mail.SignIn is { } name => new MailLink(texts["mail.signin.button"], links.SignIn(name)),
        NotificationKind.ManageLink or NotificationKind.AddressChanged => new MailLink("Manage my alerts", links.Manage),
        _ => null,
    };

    List<string> Reasons() => mail.Kind switch
    {
        NotificationKind.Confirmation or NotificationKind.AddressConfirmation => ["If it was not you, do nothing: the request disappears by itself."],
        NotificationKind.Goodbye or NotificationKind.AddressChanged or NotificationKind.ManageLink => [],
        NotificationKind.Insight =>
        [
            $"You get this mail {(settings.InsightPeriod is InsightPeriod.Daily ? "once a day" : "on Mondays")}, when there is something to say, because you have alerts for {Phrases()}.",
            $"Prices are as eBay showed them at the time stated and may have changed since. Times are in the time zone {format.ZoneName}.",
        ],
        _ =>
        [
            $"You get this mail because you asked for alerts for {Phrases()}, {Frequency()}.",
            $"Prices are as eBay showed them at the time stated and may have changed since. Times are in the time zone {format.ZoneName}.",
        ],
    };

    List<MailLink> FooterLinks() => HasUnsubscribe(mail.Kind)
        ? [new MailLink("Manage alerts", links.Manage), .. Insights(), new MailLink("Unsubscribe", links.Unsubscribe)]
        : [];

    IEnumerable<MailLink> Insights() => mail.Kind is NotificationKind.Insight ? [new MailLink("No more mails like this", links.UnsubscribeInsights)] : [];

    /// <summary>Whether a kind of mail is a subscription's, and so can be unsubscribed from.</summary>
    public static bool HasUnsubscribe(NotificationKind kind) => kind is not
        (NotificationKind.Confirmation or NotificationKind.ManageLink or NotificationKind.AddressChanged or NotificationKind.AddressConfirmation or NotificationKind.Goodbye);

    string Phrases()
    {
        const int named = 3;
        var phrases = string.Join(", ", settings.Searches.Take(named).Select(search => $"“{MailSubject.Clean(search.Phrase)}”"));
        return settings.Searches.Length > named ? $"{phrases} and {format.Number(settings.Searches.Length - named)} more" : phrases;
    }

    string Frequency() => settings.Notify is NotifyMode.Digest
        ? "once a day"
        : settings.FrequencyMinutes switch
        {
            < 60 => $"checked every {settings.FrequencyMinutes} minutes",
            60 => "checked every hour",
            1_440 => "checked once a day",
            var minutes => $"checked every {minutes / 60} hours",
        };

    /// <summary>Only web links go into a mail, whatever a search's answer says.</summary>
    static string? SafeUrl(string? url) =>
        url is { Length: <= MailBudget.LongestUrl }
        && (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            ? url
            : null;
}
