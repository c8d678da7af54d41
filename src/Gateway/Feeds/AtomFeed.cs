using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text;
using System.Text.Encodings.Web;
using System.Xml;
using Alerts.Gateway.Pages.Shared;
using Alerts.Gateway.Pages.Shared.Listings;
using Alerts.Mail.Templates;
using Alerts.Search;
using Alerts.Texts;
using Alerts.Users.Feeds;

namespace Alerts.Gateway.Feeds;

/// <summary>Writes a feed as Atom (RFC 4287). The same content gives the same bytes. Pure.</summary>
static class AtomFeed
{
    /// <summary>The content type of a feed.</summary>
    public const string MediaType = "application/atom+xml; charset=utf-8";

    const string SelfType = "application/atom+xml";

    /// <summary>Writes the feed.</summary>
    /// <param name="content">The feed's content.</param>
    /// <param name="self">The feed's own address.</param>
    /// <param name="page">The address of the page with the same content.</param>
    /// <param name="userId">The user; part of the ids, which stay when the address is renewed.</param>
    /// <param name="searchId">The search; null for all searches.</param>
    public static byte[] Write(FeedContent content, string self, string page, string userId, string? searchId)
    {
        var texts = TextCatalogue.Of(content.Language);
        var format = MailFormat.Of(content.Language, content.TimeZone);
        var feed = new SyndicationFeed
        {
            Id = $"urn:alerts:{userId}:{searchId ?? "all"}",
            Language = content.Language,
            Title = Plain(content.Phrase ?? texts["page.brand"]),
            Description = Plain(content.IsServed ? texts["page.footer"] : texts["feed.paused"]),
            LastUpdatedTime = content.Items.Select(item => item.UpdatedAt).DefaultIfEmpty(content.CreatedAt).Max(),
            Authors = { new SyndicationPerson { Name = texts["page.brand"] } },
            Links = { SyndicationLink.CreateSelfLink(new Uri(self), SelfType), SyndicationLink.CreateAlternateLink(new Uri(page)) },
            Items = content.Items.Select(item => EntryOf(item, userId, texts, format)),
        };
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer,
            new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
            feed.GetAtom10Formatter().WriteTo(xml);
        return buffer.ToArray();
    }

    static SyndicationItem EntryOf(FeedItem item, string userId, TextCatalogue texts, MailFormat format)
    {
        var listing = item.Listing;
        var entry = new SyndicationItem
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"urn:alerts:{userId}:{item.SearchId}:{listing.ListingNumber}"),
            Title = Plain(texts["feed.entry", format.Amount(listing.Price), listing.Title]),
            LastUpdatedTime = item.UpdatedAt,
            Content = new TextSyndicationContent(Html(listing, texts, format), TextSyndicationContentKind.Html),
            Categories = { new SyndicationCategory(ShownText.Clean(item.Phrase)) },
        };
        if (listing.CreatedAt is { } created)
            entry.PublishDate = created;
        if (Uri.TryCreate(listing.Url, UriKind.Absolute, out var url))
            entry.Links.Add(SyndicationLink.CreateAlternateLink(url));
        return entry;
    }

    /// <summary>Describes only the listing. With the time of the last look, every look would be news to the reader.</summary>
    static string Html(Listing listing, TextCatalogue texts, MailFormat format)
    {
        var html = new StringBuilder();
        if (listing.ImageUrl is { } picture)
            html.Append(CultureInfo.InvariantCulture, $"<p><img src=\"{Encoded(picture)}\" alt=\"\"></p>");
        html.Append(CultureInfo.InvariantCulture, $"<p><b>{Encoded(format.Amount(listing.Price))}</b></p>");
        if (ListingWords.Of(listing, texts, format) is { Length: > 0 } details)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(details)}</p>");
        return html.ToString();
    }

    /// <summary>XML allows no control characters.</summary>
    static TextSyndicationContent Plain(string text) => new(ShownText.Clean(text));

    static string Encoded(string text) => HtmlEncoder.Default.Encode(ShownText.Clean(text));
}
