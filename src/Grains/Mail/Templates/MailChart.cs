using Alerts.State;

namespace Alerts.Mail.Templates;

/// <summary>
/// A listing's own price as a table with one bar a day. A table is visible where pictures are blocked, adds no attachment, follows dark
/// mode, and is read out as text. The bars stand on a base so that the lowest is visible. So their heights are no scale from zero, and the
/// text names the amounts.
/// </summary>
/// <param name="Bars">
/// Heights in pixels, <see cref="Base"/> to <see cref="Height"/>; the last bar is the present price. Empty when too few days are known.
/// </param>
/// <param name="Text">The same in words.</param>
/// <param name="Page">The page with all known prices.</param>
public sealed record MailChart(IReadOnlyList<int> Bars, string Text, MailLink Page)
{
    /// <summary>Height of the highest bar in pixels.</summary>
    public const int Height = 36;

    /// <summary>With fewer known days no chart is drawn.</summary>
    public const int MinDays = 3;

    const int Base = 6;

    /// <summary>The number of days whose price is known.</summary>
    public static int KnownDays(PriceTrend trend) => trend.Days.Count(day => day is not null);

    public static MailChart Of(PriceTrend trend, string text, MailLink page)
    {
        var range = trend.Highest.Value - trend.Lowest.Value;
        return new(KnownDays(trend) < MinDays ? [] : [.. trend.Days.OfType<decimal>().Select(HeightOf)], text, page);

        int HeightOf(decimal price) =>
            range == 0 ? Height : Base + (int)decimal.Round((price - trend.Lowest.Value) / range * (Height - Base));
    }
}
