using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Alerts.Demo.Tests.Support;

/// <summary>Reads a palette PNG as the specification says, checksums included.</summary>
static class PngReader
{
    public static void AssertWhole(ReadOnlySpan<byte> png, int width, int height)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8].ToArray());
        var chunks = new List<string>();
        using var data = new MemoryStream();
        for (var rest = png[8..]; rest.Length > 0;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]), Crc(rest.Slice(4, 4 + length)));
            var name = Encoding.ASCII.GetString(rest.Slice(4, 4));
            chunks.Add(name);
            if (name == "IHDR")
                Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(rest[8..]), BinaryPrimitives.ReadInt32BigEndian(rest[12..])));
            if (name == "IDAT")
                data.Write(rest.Slice(8, length));
            rest = rest[(12 + length)..];
        }
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks);
        data.Position = 0;
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
            zlib.CopyTo(pixels);
        Assert.Equal((width + 1) * height, pixels.Length);
    }

    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
