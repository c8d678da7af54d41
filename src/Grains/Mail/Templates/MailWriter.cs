using Alerts.Configuration;
using Alerts.Mail.Compose;
using Alerts.News;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Texts;

namespace Alerts.Mail.Templates;

/// <summary>Writes a notification in its reader's language. Pure.</summary>
sealed class MailWriter(Notification mail, UserSettings settings, MailLinks links, OperatorOptions owner, TimeSpan reminderPeriod)
{
    const int MaxPhrases = 3;
    const decimal MaxDrop = 0.99m;

    readonly MailFormat format = MailFormat.Of(settings.Language, settings.TimeZone);
    readonly TextCatalogue texts = TextCatalogue.Of(settings.Language);
    readonly List<Exception> faults = [];

    public MailModel Write()
    {
        var sections = Sections();
        return new MailModel
        {
            Subject = Subject(),
            Preview = Preview(sections),
            Paragraphs = Paragraphs(sections.Count),
            Action = Action(),
            Sections = sections,
            Reasons = Reasons(),
            Links = FooterLinks(),
            Operator = Operator(),
            Language = texts.Language,
            Direction = texts.Direction,
            Faults = faults,
        };
    }

    /// <summary>Whether this kind of mail is part of the subscription, so that its reader can unsubscribe.</summary>
    public static bool HasUnsubscribe(NotificationKind kind) => kind is not
        (NotificationKind.Confirmation or NotificationKind.ManageLink or NotificationKind.AddressChanged
            or NotificationKind.AddressConfirmation or NotificationKind.Goodbye);

    string Subject()
    {
        if (mail.SignIn is not null)
            return texts["mail.signin.subject"];
        var subject = new MailSubject(mail, settings, format, texts);
        try
        {
            return subject.Write();
        }
        catch (Exception fault)
        {
            faults.Add(fault);
            return subject.WriteCounts();
        }
    }

    List<MailSection> Sections()
    {
        var limits = MailBudget.Of(settings.Language).Share(mail.Sections);
        return [.. limits.Select((limit, index) => Section(mail.Sections[index], limit))];
    }

    MailSection Section(NotificationSection section, int limit)
    {
        var search = SearchOf(section);
        var url = EbaySite.SearchUrl(section.Marketplace, section.Phrase, search);
        var hidden = limit == 0 ? 0 : Math.Max(0, IsList ? section.Total - limit : section.Omitted + section.Items.Length - limit);
        return new MailSection
        {
            Heading = search is null ? ShownText.Clean(section.Phrase) : SearchWords.NameOf(search, settings.Searches, texts, format),
            Url = url,
            Summary = Summary(section),
            Notes = [.. Notes(section, search)],
            Items = [.. section.Items.Take(limit).OrderBy(item => MailRank.KindOf(item, search, mail.CreatedAt))
                .Select(item => Item(item, search))],
            More = section.IsTooLarge ? new MailLink(texts["mail.too.large.edit"], links.Edit(section.SearchId))
                : hidden > 0 ? new MailLink(texts.Count("mail.more", hidden), search is null ? url : links.Found(section.SearchId)) : null,
            Stop = limit > 0 && settings.Searches.Length > 1 && search is not null
                ? new MailLink(texts["manage.stop"], links.UnsubscribeSearch(section.SearchId))
                : null,
        };
    }

    string Summary(NotificationSection section)
    {
        if (section.IsTooLarge)
            return texts["state.too.large"];
        var site = EbaySite.NameOf(section.Marketplace);
        var seen = format.Moment(section.FetchedAt);
        return (mail.Kind, IsList) switch
        {
            (NotificationKind.Insight, _) => texts["mail.summary.insight", site, MailSubject.Counts([section], texts), seen],
            (_, true) => texts["mail.summary.list", site, texts.Count("mail.count.listed", section.Total), seen],
            _ => texts["mail.summary.news", site, MailSubject.Counts([section], texts),
                texts.Count("mail.count.listed", section.Total), seen],
        };
    }

    IEnumerable<string> Notes(NotificationSection section, SearchSettings? search)
    {
        if (section.Scope is { } scope && search is not null)
            yield return ScopeText.Of(texts, search.Watch, section.Total, scope.Cheapest, scope.MissedSome);
        if (PaceText.Of(texts, section.Pace, CheckFrequency.Interval(settings.FrequencyMinutes, reminderPeriod)) is { } pace)
            yield return pace;
    }

    /// <summary>If a listing cannot be shown in full, the faulty part is left out: it must not stop the mail.</summary>
    MailItem Item(NewsItem item, SearchSettings? search)
    {
        try
        {
            return InFull(item, search);
        }
        catch (Exception fault)
        {
            faults.Add(fault);
            return new MailItem
            {
                Title = ShownText.Clean(item.Listing.Title ?? ""),
                Url = PageOf(item.Listing),
                Price = $"{item.Listing.Price.Value:0.##} {item.Listing.Price.Currency}",
                Details = "",
            };
        }
    }

    MailItem InFull(NewsItem item, SearchSettings? search)
    {
        var listing = item.Listing;
        // The seller's own price is compared, because a converted price changes with the exchange rate.
        var change = MailRank.ChangeOf(item);
        var kind = MailRank.KindOf(item, search, mail.CreatedAt);
        return new MailItem
        {
            Title = ShownText.Clean(listing.Title),
            Url = PageOf(listing),
            ImageUrl = WebLink.Of(listing.ImageUrl),
            Badge = Badge(kind, item, change),
            IsDrop = item.Kind is NewsKind.PriceDrop || kind is MailRank.Target,
            Price = format.Amount(listing.Price),
            PriceNote = PriceNote(listing, change is null ? null : item.PreviousPrice),
            Details = string.Join(" · ", Details(listing)),
            Chart = item.Trend is { } trend
                ? MailChart.Of(trend, TrendText(trend), new MailLink(texts["mail.prices"], links.Prices(listing.ItemId)))
                : null,
        };
    }

    static string PageOf(Listing listing) => WebLink.Of(listing.Url) ?? $"https://www.ebay.com/itm/{listing.ListingNumber}";

    /// <summary>Names the span in days. The lowest price is named only when three days or more are known.</summary>
    string TrendText(PriceTrend trend)
    {
        var days = MailChart.KnownDays(trend);
        var (lowest, highest) = (format.Amount(trend.Lowest), format.Amount(trend.Highest));
        if (days < MailChart.MinDays)
            return texts.Count("mail.trend.short", Math.Max(1, days), lowest, highest);
        return trend.LowestSince is { } since
            ? texts.Count("mail.trend.lowest", days, lowest, highest, format.Day(since))
            : texts.Count("mail.trend", days, lowest, highest);
    }

    string? Badge(int kind, NewsItem item, decimal? change) => kind switch
    {
        MailRank.Target => texts["mail.badge.target"],
        MailRank.Lowest => texts["mail.badge.lowest", format.Day(item.Trend!.LowestSince!.Value)],
        MailRank.Ends => EndingAuction.MinutesLeft(item.Listing, mail.CreatedAt) is { } minutes
            ? texts.Count("mail.badge.ends", minutes)
            : texts["mail.badge.ends.at", format.Moment(item.Listing.EndsAt!.Value)],
        MailRank.New => texts["mail.badge.new"],
        // A change that rounds to 0 % gets no percentage, and one that rounds to 100 % is not shown as 100 %.
        MailRank.Drop =>
            change is <= -0.005m
            ? texts["mail.badge.drop", format.Percent(Math.Min(-change.Value, MaxDrop))] : texts["mail.badge.drop.some"],
        MailRank.Rise => change is >= 0.005m ? texts["mail.badge.rise", format.Percent(change.Value)] : texts["mail.badge.rise.some"],
        _ => null,
    };

    string? PriceNote(Listing listing, Money? previous)
    {
        var was = previous is { } before ? format.Amount(before) : null;
        if (listing.SellerPrice.Currency == listing.Price.Currency)
            return was is null ? null : texts["mail.price.was", was];
        var asked = format.Amount(listing.SellerPrice);
        return was is null ? texts["mail.price.asks", asked] : texts["mail.price.asks.was", asked, was];
    }

    IEnumerable<string> Details(Listing listing)
    {
        yield return listing.Shipping switch
        {
            null => texts["mail.shipping.unknown"],
            { Value: 0 } => texts["listing.shipping.free"],
            { } cost => texts["mail.shipping.cost", format.Amount(cost)],
        };
        if (listing.Condition is { } condition)
            yield return ShownText.Clean(condition);
        if (listing.BidCount is { } bids)
            yield return texts.Count("mail.auction.bids", bids);
        else if (listing.BuyingOptions.Contains(BuyingOption.Auction.JsonName()))
            yield return texts["mail.auction"];
        if (listing.BuyingOptions.Contains(BuyingOption.BestOffer.JsonName()))
            yield return texts["mail.best.offer"];
        if (listing.EndsAt is { } end)
            yield return texts["listing.ends", format.Moment(end)];
    }

    bool IsList => mail.Kind is NotificationKind.FirstResults or NotificationKind.EveryCheck;

    /// <summary>The line behind the subject: the second most important news, since the subject has the first.</summary>
    string Preview(List<MailSection> sections)
    {
        if (sections.SelectMany(section => section.Items).FirstOrDefault() is { } first)
        {
            var next = IsList ? first : NextBest() ?? first;
            return texts["mail.preview.item", next.Price, ShownText.Isolate(next.Title), next.Details];
        }

        return mail.Kind switch
        {
            NotificationKind.Confirmation => texts["mail.preview.confirm"],
            NotificationKind.FirstResults => texts["mail.first.nothing"],
            NotificationKind.ManageLink when mail.SignIn is not null => texts["mail.signin.preview"],
            NotificationKind.ManageLink when mail.MoveTo is not null => texts["mail.move.preview"],
            NotificationKind.ManageLink when mail.Channel is { } channel => texts["channel.mail.preview", channel.Name],
            NotificationKind.ManageLink => texts["mail.preview.manage"],
            NotificationKind.AddressChanged => texts["mail.preview.changed"],
            NotificationKind.AddressConfirmation => texts["mail.preview.address"],
            NotificationKind.Goodbye => texts["mail.preview.goodbye"],
            _ => "",
        };
    }

    MailItem? NextBest()
    {
        var (item, search) = mail.Sections
            .SelectMany(section => section.Items.Select(item => (Item: item, Search: SearchOf(section))))
            .OrderBy(news => MailRank.Of(news.Item, news.Search, mail.CreatedAt))
            .Skip(1)
            .FirstOrDefault();
        return item is null ? null : Item(item, search);
    }

    SearchSettings? SearchOf(NotificationSection section) => settings.Searches.FirstOrDefault(search => search.Id == section.SearchId);

    /// <summary>A mail to an unconfirmed address contains no text of the person who enrolled it.</summary>
    List<string> Paragraphs(int shown) => mail.Kind switch
    {
        NotificationKind.Confirmation => [texts["mail.confirm.who"], texts["mail.confirm.please"]],
        NotificationKind.FirstResults when mail.Sections.All(section => section.Total == 0) => [texts["mail.first.nothing"]],
        NotificationKind.FirstResults => [texts[settings.Notify is NotifyMode.EveryCheck ? "mail.first.every" : "mail.first.changes"]],
        NotificationKind.Insight => [texts["mail.insight.text"]],
        NotificationKind.ManageLink when mail.SignIn is not null => [texts["mail.signin.text"], texts["mail.signin.not.you"]],
        NotificationKind.ManageLink when mail.MoveTo is not null => [texts["mail.move.text"], texts["mail.move.what"]],
        NotificationKind.ManageLink when mail.Channel is { } channel =>
            [texts["channel.mail.text", channel.Name, channel.Reason], texts["channel.mail.what"]],
        NotificationKind.ManageLink => [texts["mail.manage.who"], texts["mail.manage.what"]],
        NotificationKind.AddressChanged => [texts["mail.changed.text"], texts["mail.changed.not.you"]],
        NotificationKind.AddressConfirmation => [texts["mail.address.who"], texts["mail.address.please"]],
        NotificationKind.Goodbye => [texts["mail.goodbye.text"], texts["mail.goodbye.not.you"]],
        _ when shown < mail.Sections.Length => [texts.Count("mail.sections.shown", shown)],
        _ => [],
    };

    MailLink? Action() => mail.Kind switch
    {
        NotificationKind.Confirmation => new MailLink(texts["confirm.button"], links.Confirm),
        NotificationKind.AddressConfirmation => new MailLink(texts["confirm.move.button"], links.ConfirmAddress),
        NotificationKind.ManageLink when mail.SignIn is { } name => new MailLink(texts["mail.signin.button"], links.SignIn(name)),
        NotificationKind.ManageLink when mail.MoveTo is { } address => new MailLink(texts["mail.move.button"], links.MoveAway(address)),
        NotificationKind.ManageLink => new MailLink(texts["mail.action.manage"], links.Manage),
        NotificationKind.AddressChanged => new MailLink(texts["takeback.button"], links.TakeBack),
        _ => null,
    };

    List<string> Reasons() => mail.Kind switch
    {
        NotificationKind.Confirmation or NotificationKind.AddressConfirmation => [texts["mail.not.you"]],
        NotificationKind.Goodbye or NotificationKind.AddressChanged or NotificationKind.ManageLink => [],
        NotificationKind.Insight =>
        [
            texts[settings.InsightPeriod is InsightPeriod.Daily ? "mail.reason.insight.daily" : "mail.reason.insight.weekly", Phrases()],
            texts["mail.reason.prices", format.ZoneName],
        ],
        _ => [texts["mail.reason", Phrases(), Frequency()], texts["mail.reason.prices", format.ZoneName]],
    };

    List<MailLink> FooterLinks()
    {
        List<MailLink> footer = HasUnsubscribe(mail.Kind)
            ? [new MailLink(texts["mail.foot.manage"], links.Manage), .. Insights(),
                new MailLink(texts["mail.foot.unsubscribe"], links.Unsubscribe)]
            : [];
        if (owner.PrivacyUrl is { } privacy)
            footer.Add(new MailLink(texts["page.privacy"], privacy));
        return footer;
    }

    IEnumerable<MailLink> Insights() =>
        mail.Kind is NotificationKind.Insight ? [new MailLink(texts["mail.foot.insights"], links.UnsubscribeInsights)] : [];

    List<string> Operator() => [.. new[] { owner.Name, owner.Address }.OfType<string>().Where(line => line.Length > 0)];

    string Phrases() => MailSubject.Phrases(
        [.. settings.Searches.Select(search => texts["mail.quoted", ShownText.Isolate(ShownText.Clean(search.Phrase))]).Distinct()],
            MaxPhrases, texts);

    string Frequency() => settings.Notify is NotifyMode.Digest
        ? texts["frequency.1440"]
        : texts["mail.frequency", FrequencyText.Of(texts, settings.FrequencyMinutes, reminderPeriod)];
}
