using System.Collections.Immutable;
using Alerts.Configuration;
using Alerts.Mail;
using Alerts.Mail.Compose;
using Alerts.Mail.Smtp;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Mail;

/// <summary>Mails and their parts for tests: Ann, who looks for an iPhone.</summary>
static class Mails
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public const string AnnId = "u-0123456789abcdef0123456789abcdef";

    public static readonly UserSettings Ann = new()
    {
        Email = "ann@example.org",
        FrequencyMinutes = 2,
        TimeZone = "Europe/Berlin",
        Searches = [new SearchSettings { Id = "s-00000001", Phrase = "iphone 13" }],
    };

    public static MailRecipient To(UserSettings settings) => new(AnnId, settings, TokenGeneration: 1);

    public static MailComposer Composer(MailOptions? options = null, OperatorOptions? owner = null, string publicUrl = "https://alerts.example.org") => new(
        Options.Create(options ?? Settings()),
        Options.Create(new AlertsOptions { PublicUrl = publicUrl }),
        Options.Create(owner ?? new OperatorOptions()),
        Tokens(),
        new Incarnation(),
        new ServiceCollection().BuildServiceProvider(),
        NullLoggerFactory.Instance);

    public static LinkTokens Tokens() => new(new string('k', LinkTokens.MinimumKeyLength), new FakeTimeProvider(Now));

    public static MailOptions Settings() => new()
    {
        Host = "127.0.0.1",
        Security = SmtpSecurity.None,
        From = "Product alerts <alerts@example.org>",
    };

    public static Listing Listing(int number, string? title = null, decimal price = 100) => new()
    {
        ItemId = $"v1|{number}|0",
        ListingNumber = number,
        Title = title ?? $"Apple iPhone 13 128GB Unlocked, number {number}",
        Price = new Money(price, "USD"),
        SellerPrice = new Money(price, "USD"),
        Condition = "Used",
        BuyingOptions = ["FIXED_PRICE"],
        Url = $"https://www.ebay.com/itm/{number}?_skw=iphone+13&hash=item{number:x}:g:abcdefghijklmnop&amdata=enc%3AAQAJAAAA",
        ImageUrl = $"https://i.ebayimg.com/images/g/{number}/s-l225.jpg",
        Shipping = new Money(0, "USD"),
    };

    public static NewsItem Item(int number, NewsKind kind = NewsKind.New, decimal? was = null, decimal price = 100) => new()
    {
        Kind = kind,
        Listing = Listing(number, price: price),
        PreviousPrice = was is { } amount ? new Money(amount, "USD") : null,
    };

    public static NotificationSection Section(params IEnumerable<NewsItem> items) => new()
    {
        SearchId = "s-00000001",
        Phrase = "iphone 13",
        Marketplace = "EBAY_US",
        FetchedAt = Now.AddMinutes(-1),
        Total = 124,
        Items = [.. items],
    };

    public static Notification Notification(NotificationKind kind, params ImmutableArray<NotificationSection> sections) => new()
    {
        Id = $"{AnnId}.1",
        Kind = kind,
        CreatedAt = Now,
        Sections = sections,
    };

    public static Notification Listed(int count) =>
        Notification(NotificationKind.EveryCheck, Section(Enumerable.Range(1, count).Select(number => Item(number, NewsKind.Listed))));
}
