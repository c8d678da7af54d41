using System.Buffers.Binary;
using System.IO.Compression;

namespace Alerts.Demo.Marketplace;

/// <summary>A listing's picture: a PNG with a mirrored pattern in a colour of its own, made from nothing but its number.</summary>
static class ListingImage
{
    const int Cells = 7;
    const int CellPixels = 24;
    const int MarginPixels = 28;
    const int Size = (Cells * CellPixels) + (2 * MarginPixels);

    static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    static readonly uint[] CrcTable = MakeCrcTable();

    public static byte[] Png(string id)
    {
        var dice = new Dice(0, id);
        using var png = new MemoryStream();
        png.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Size);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Size);
        header[8] = 8; // bits a pixel
        header[9] = 3; // indexed colour
        WriteChunk(png, "IHDR"u8, header);
        var hue = dice.With(1).Fraction;
        WriteChunk(png, "PLTE"u8, [.. Colour(hue, 0.35, 0.93), .. Colour(hue, 0.45, 0.48)]);
        WriteChunk(png, "IDAT"u8, Compressed(Pixels(dice)));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>One byte a pixel, each row after its filter byte.</summary>
    static byte[] Pixels(Dice dice)
    {
        var pixels = new byte[Size * (Size + 1)];
        for (var row = 0; row < Cells; row++)
        {
            for (var column = 0; column < Cells; column++)
            {
                var mirrored = Math.Min(column, Cells - 1 - column);
                if (dice.With(100 + (row * Cells) + mirrored).Below(2) == 0)
                    continue;
                for (var y = 0; y < CellPixels; y++)
                {
                    var start = ((MarginPixels + (row * CellPixels) + y) * (Size + 1)) + 1 + MarginPixels + (column * CellPixels);
                    pixels.AsSpan(start, CellPixels).Fill(1);
                }
            }
        }
        return pixels;
    }

    static byte[] Compressed(byte[] pixels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
            zlib.Write(pixels);
        return compressed.ToArray();
    }

    static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
            crc = CrcTable[(byte)(crc ^ one)] ^ (crc >> 8);
        return crc;
    }

    static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var index = 0u; index < 256; index++)
        {
            var value = index;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[index] = value;
        }
        return table;
    }

    /// <summary>Hue, saturation and lightness as red, green and blue.</summary>
    static byte[] Colour(double hue, double saturation, double lightness)
    {
        var reach = saturation * Math.Min(lightness, 1 - lightness);
        return [Channel(0), Channel(8), Channel(4)];

        byte Channel(int shift)
        {
            var turn = (shift + (hue * 12)) % 12;
            return (byte)Math.Round(255 * (lightness - (reach * Math.Max(-1, Math.Min(Math.Min(turn - 3, 9 - turn), 1)))));
        }
    }
}
