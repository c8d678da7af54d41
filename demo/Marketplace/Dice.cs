namespace Alerts.Demo.Marketplace;

/// <summary>
/// A throw that depends only on what it is made of: the whole generated world is read from such throws and keeps no state.
/// </summary>
readonly record struct Dice(ulong Value)
{
    public Dice(int seed, string text)
        : this(Hash(seed, text))
    {
    }

    /// <summary>From 0 to just under 1.</summary>
    public double Fraction => (Value >> 11) * (1.0 / (1UL << 53));

    /// <summary>Another throw, for the thing counted or named by <paramref name="part"/>.</summary>
    public Dice With(long part) => new(Mix(Value ^ Mix(unchecked((ulong)part + 0x9E3779B97F4A7C15))));

    /// <summary>From 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Value % (ulong)count);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    static ulong Hash(int seed, string text)
    {
        var hash = Mix((ulong)seed);
        foreach (var character in text)
            hash = Mix(hash ^ character);
        return hash;
    }

    /// <summary>The finalizer of SplitMix64: each input bit changes half of the output's.</summary>
    static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
