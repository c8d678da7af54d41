namespace Alerts.Demo.Faults;

/// <summary>One misbehaviour a demo server is asked for, the next so many times or until it is cleared.</summary>
public abstract record Fault
{
    /// <summary>How often it strikes before it is gone; null: until cleared. At least 1.</summary>
    public int? Times { get; init; }

    /// <summary>Refuses a fault that could never strike as written.</summary>
    /// <exception cref="ArgumentException">Says what is wrong with it.</exception>
    public virtual void Validate()
    {
        if (Times < 1)
            throw new ArgumentException("times must be at least 1, or absent for a fault that stays until it is cleared.");
    }
}
