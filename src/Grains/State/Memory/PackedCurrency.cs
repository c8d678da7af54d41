namespace Alerts.State.Memory;

/// <summary>Packs an ISO 4217 code into 16 bits: 1 + the three letters read as digits of base 26; 0 is no code.</summary>
static class PackedCurrency
{
    const int Letters = 26;

    /// <summary>One string for each code. If two threads make the same one at once, either copy works.</summary>
    static readonly string?[] names = new string?[Letters * Letters * Letters + 1];

    /// <summary>The packed form; 0 unless the code has three letters, of either case.</summary>
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
