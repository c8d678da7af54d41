using Alerts.Mail.Templates;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using CsCheck;

namespace Alerts.Tests.Mail;

public class MailFormatTests
{
    static readonly (string Currency, int Decimals)[] currencies =
    [
        ("USD", 2), ("EUR", 2), ("HUF", 2), ("IDR", 2), ("TWD", 2), ("XYZ", 2), ("JPY", 0), ("KRW", 0), ("VND", 0), ("CLP", 0), ("ISK", 0), ("XOF", 0),
        ("KWD", 3), ("BHD", 3), ("JOD", 3), ("TND", 3),
    ];

    static readonly string[] languages = ["en-US", "de-DE", "de-CH", "fr-FR", "ja-JP", "ko-KR", "vi-VN", "ar-KW", "hu-HU", "is-IS", "zh-TW", "es-CL", "pl"];

    [Theory]
    [InlineData(12_800, "JPY", "¥12,800", "¥12,800")]
    [InlineData(1_250_000, "KRW", "KRW1,250,000", "KRW1,250,000")]
    [InlineData(990_000, "VND", "VND990,000", "VND990,000")]
    [InlineData(12.5, "KWD", "KWD12.500", "KWD12.500")]
    [InlineData(12, "KWD", "KWD12.000", "KWD12")]
    [InlineData(12, "EUR", "€12.00", "€12")]
    [InlineData(12, "usd", "$12.00", "$12")]
    public void An_amount_has_the_decimals_of_its_currency(decimal value, string currency, string whole, string inSubject)
    {
        var format = MailFormat.Of("en-US", "UTC");

        Assert.Equal((whole, inSubject), (format.Amount(new Money(value, currency)), format.ShortAmount(new Money(value, currency))));
    }

    [Fact]
    public void In_any_language_an_amount_has_the_decimals_that_ISO_4217_gives_its_currency() =>
        Gen.Select(Gen.Int[0, languages.Length - 1].Select(place => languages[place]), Gen.Int[0, currencies.Length - 1].Select(place => currencies[place]), Gen.Int[0, 99_999_999]).Sample(
            (language, currency, thousandths) =>
            {
                var shown = MailFormat.Of(language, "UTC").Amount(new Money(thousandths / 1000m, currency.Currency));
                // Of the number alone; a dot may stand in the currency's sign.
                var digits = string.Concat(shown.SkipWhile(letter => !char.IsDigit(letter)).Reverse().SkipWhile(letter => !char.IsDigit(letter)).Reverse());
                var afterSign = digits.Length - 1 - digits.LastIndexOfAny(['.', ',', '٫', '’']);
                Assert.Equal(currency.Decimals, digits.LastIndexOfAny(['.', ',', '٫']) < 0 || (currency.Decimals == 0 && afterSign == 3) ? 0 : afterSign);
            },
            iter: 10_000);

    [Theory]
    [InlineData(1000, 999.99, "Price down")]
    [InlineData(1000, 995.01, "Price down")]
    [InlineData(1000, 994, "Price down 1%")]
    [InlineData(1000, 1, "Price down 99%")]
    [InlineData(1000, 0.01, "Price down 99%")]
    public async Task A_badge_never_says_nothing_or_all_of_it(decimal before, decimal now, string badge)
    {
        var news = Mails.Notification(NotificationKind.Changes, Mails.Section(Mails.Item(1, NewsKind.PriceDrop, was: before, price: now)));

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann), news);

        Assert.Contains($">{badge}<", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("0%", badge, StringComparison.Ordinal);
    }
}
