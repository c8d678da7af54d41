namespace Alerts.State.Memory;

/// <summary>ISO 4217 codes in 16 bits: 1 + the three letters read as digits of base 26; 0 is no code.</summary>
static class PackedCurrency
{
    const int Letters = 26;

    /// <summary>One string per code. Two threads may both make one: either is as good.</summary>
    static readonly string?[] names = new string?[Letters * Letters * Letters + 1];

    /// <summary>The packed form; 0 unless it is three letters, of either case.</summary>
    public static ushort Of(string? code)
    {
        if (code is not { Length: 3 } || !code.All(char.IsAsciiLetter))
            return 0;
        var packed = 0;
        foreach (var letter in code)
            packed = packed * Letters + (char.ToUpperInvariant(letter) - 'A');
        return (ushort)(packed + 1);
    }

    /// <summary>The code; empty for 0.</summary>
    public static string NameOf(ushort packed) => packed == 0 ? "" : names[packed] ??= Make(packed - 1);

    static string Make(int number) => string.Create(3, number, static (name, number) =>
    {
        for (var place = 2; place >= 0; place--, number /= Letters)
            name[place] = (char)('A' + number % Letters);
    });
}
