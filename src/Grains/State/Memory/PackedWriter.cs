using System.Runtime.InteropServices;

namespace Alerts.State.Memory;

/// <summary>Writes each number in as few bytes as it needs, seven bits a byte.</summary>
sealed class PackedWriter
{
    readonly List<byte> bytes = [];

    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(bytes);

    public void Number(ulong number)
    {
        for (; number > 0x7F; number >>= 7)
            bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }

    public void Numbers(IEnumerable<ulong> numbers)
    {
        foreach (var number in numbers)
            Number(number);
    }

    /// <summary>Writes the difference between each number and the one before, with the sign in the lowest bit.</summary>
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
