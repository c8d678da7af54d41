using System.Text.Json;

namespace Alerts.State.Memory;

/// <summary>Reads the bytes of a <see cref="PackedWriter"/>.</summary>
ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> bytes = bytes;
    int place;

    public readonly int Left => bytes.Length - place;

    /// <exception cref="JsonException">The bytes end early.</exception>
    public ulong Number()
    {
        var number = 0UL;
        for (var shift = 0; shift < 64 && place < bytes.Length; shift += 7)
        {
            var part = bytes[place++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }

        throw new JsonException("The remembered listings end early.");
    }

    public ulong[] Numbers(int count)
    {
        var numbers = new ulong[count];
        for (var i = 0; i < count; i++)
            numbers[i] = Number();
        return numbers;
    }

    /// <summary>Reads differences and adds them up.</summary>
    public long[] Distances(int count)
    {
        var numbers = new long[count];
        var before = 0L;
        for (var i = 0; i < count; i++)
        {
            var distance = Number();
            numbers[i] = before = unchecked(before + ((long)(distance >> 1) ^ -(long)(distance & 1)));
        }

        return numbers;
    }
}
