using System.Runtime.InteropServices;

namespace Alerts.State.Memory;

/// <summary>Writes numbers in as few bytes as each needs, seven bits a byte.</summary>
sealed class PackedWriter
{
    readonly List<byte> bytes = [];

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(bytes);

    /// <summary>Writes one.</summary>
    public void Number(ulong number)
    {
        for (; number > 0x7F; number >>= 7)
            bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }

    /// <summary>Writes several.</summary>
    public void Numbers(IEnumerable<ulong> numbers)
    {
        foreach (var number in numbers)
            Number(number);
    }

    /// <summary>Writes how far each is from the one before, the sign in the lowest bit.</summary>
    public void Distances(IEnumerable<long> numbers)
    {
        var before = 0L;
        foreach (var number in numbers)
        {
            var distance = unchecked(number - before);
            Number((ulong)((distance << 1) ^ (distance >> 63)));
            before = number;
        }
    }
}
