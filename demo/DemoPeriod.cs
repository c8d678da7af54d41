using System.Globalization;

namespace Alerts.Demo;

/// <summary>Reads <c>--period</c>.</summary>
static class DemoPeriod
{
    /// <summary>The period of the service outside a demonstration.</summary>
    public static readonly TimeSpan Standard = TimeSpan.FromMinutes(2);

    static readonly TimeSpan shortest = TimeSpan.FromSeconds(5);
    static readonly TimeSpan longest = TimeSpan.FromHours(1);

    /// <summary><c>30s</c>, <c>2m</c>, <c>1h</c> or <c>00:02:00</c>, from five seconds to one hour; null for anything else.</summary>
    public static TimeSpan? Parse(string text) => Span(text) is { } period && period >= shortest && period <= longest ? period : null;

    /// <summary>A time so written; null for anything else.</summary>
    public static TimeSpan? Span(string text)
    {
        TimeSpan? unit = text switch
        {
            [.., 's'] => TimeSpan.FromSeconds(1),
            [.., 'm'] => TimeSpan.FromMinutes(1),
            [.., 'h'] => TimeSpan.FromHours(1),
            _ => null,
        };
        return unit is { } one && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 3600 ? one * count
            : TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var exact) ? exact
            : null;
    }
}
