namespace Alerts;

/// <summary>The time until the next attempt: twice as long after each fault, up to a limit. Pure.</summary>
/// <param name="First">After the first fault.</param>
/// <param name="Max">The limit.</param>
public readonly record struct BackOff(TimeSpan First, TimeSpan Max)
{
    /// <summary>No more doublings than a <see cref="TimeSpan"/> of hours can hold.</summary>
    const int MaxDoublings = 20;

    /// <summary>The wait after so many faults in a row, 1 or more.</summary>
    public TimeSpan After(int faults)
    {
        var wait = First * Math.Pow(2, Math.Clamp(faults - 1, 0, MaxDoublings));
        return wait < Max ? wait : Max;
    }
}
