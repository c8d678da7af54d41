namespace Alerts.Bench;

/// <summary>The system's clock, moved on by hand: two-minute rounds follow each other without the wait, while timers and timeouts stay real.</summary>
sealed class ShiftedClock : TimeProvider
{
    long shiftTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref shiftTicks));

    public void Advance(TimeSpan time) => Interlocked.Add(ref shiftTicks, time.Ticks);
}
