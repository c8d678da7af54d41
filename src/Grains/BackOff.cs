namespace Alerts;

/// <summary>The time until the next attempt: doubled after each fault, up to a limit. Pure.</summary>
/// <param name="First">The time after the first fault.</param>
/// <param name="Max">The limit.</param>
public readonly record struct BackOff(TimeSpan First, TimeSpan Max)
{
    /// <summary>With more doublings, a time of hours would overflow a <see cref="TimeSpan"/>.</summary>
    const int MaxDoublings = 20;

    /// <summary>The wait after this many faults in a row, 1 or more.</summary>
    public TimeSpan After(int faults)
    {
        var wait = First * Math.Pow(2, Math.Clamp(faults - 1, 0, MaxDoublings));
        return wait < Max ? wait : Max;
    }
}
