using System.Globalization;

namespace Alerts.Events;

/// <summary>A place in the order of events; a reader stores it to continue from there.</summary>
/// <param name="Batch">The batch in which the event was put in order.</param>
/// <param name="Number">The event's number among all events.</param>
public readonly record struct EventPlace(long Batch, long Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Batch}-{Number}");

    /// <summary>Reads a place from text; null when the text is none.</summary>
    public static EventPlace? Parse(string text) =>
        text.Split('-') is [var batch, var number]
        && long.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? new EventPlace(first, second)
            : null;
}
