using Alerts.State;

namespace Alerts.Mail.Templates;

/// <summary>
/// A listing's own price, a bar a day, as a table: it shows where pictures are blocked, adds no attachment, follows the dark, and is
/// read out as its text. The bars stand on a base so that the lowest is seen; their heights are no scale from zero, so the text says the amounts.
/// </summary>
/// <param name="Bars">Heights in pixels, <see cref="Base"/> to <see cref="Height"/>, the last of them now; none when too few days are known.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Page">All the prices known.</param>
public sealed record MailChart(IReadOnlyList<int> Bars, string Text, MailLink Page)
{
    /// <summary>Height of the highest bar in pixels.</summary>
    public const int Height = 36;

    /// <summary>The fewest days with a known price that are drawn.</summary>
    public const int MinDays = 3;

    const int Base = 6;

    /// <summary>The days of a trend whose price is known.</summary>
    public static int KnownDays(PriceTrend trend) => trend.Days.Count(day => day is not null);

    /// <summary>Draws a trend.</summary>
    public static MailChart Of(PriceTrend trend, string text, MailLink page)
    {
        var range = trend.Highest.Value - trend.Lowest.Value;
        return new(KnownDays(trend) < MinDays ? [] : [.. trend.Days.OfType<decimal>().Select(price => range == 0
            ? Height
            : Base + (int)decimal.Round((price - trend.Lowest.Value) / range * (Height - Base)))], text, page);
    }
}
