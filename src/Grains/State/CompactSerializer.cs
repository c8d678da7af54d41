using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Alerts.State.Memory;
using Orleans.Storage;

namespace Alerts.State;

/// <summary>
/// Stores grain state as JSON. Users' rows are stored compact if configured: a byte for the form, then compressed JSON in which remembered
/// listings are packed. Both forms can always be read. A release that does not know a form throws, so that it does not lose the user.
/// </summary>
/// <param name="json">Makes and reads JSON.</param>
/// <param name="options">The options of <paramref name="json"/>.</param>
/// <param name="isCompact">Whether users are written compact.</param>
public sealed class CompactSerializer(IGrainStorageSerializer json, JsonSerializerOptions options, bool isCompact) : IGrainStorageSerializer
{
    /// <summary>The newest form that this release reads and writes: the first byte of a compact row. JSON begins with another.</summary>
    public const byte CompactForm = 1;

    /// <summary>The form, then the length of the JSON in four bytes, the lowest first.</summary>
    const int HeadLength = 5;

    /// <summary>The first byte of every later form must be below this, which is a space.</summary>
    const byte FirstOfJson = 0x20;

    // A row is written at every mail, so time matters more than size. Other levels were not measured.
    const int Quality = 1;
    const int Window = 18;
    const int MaxBytes = 64 * 1024 * 1024;

    readonly JsonSerializerOptions packed = new(options) { Converters = { new PackedSeen() } };

    public BinaryData Serialize<T>(T? input)
    {
        if (!isCompact || input is not UserRecord)
            return json.Serialize(input);
        var text = JsonSerializer.SerializeToUtf8Bytes(input, packed);
        var bytes = new byte[HeadLength + BrotliEncoder.GetMaxCompressedLength(text.Length)];
        bytes[0] = CompactForm;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), text.Length);
        if (!BrotliEncoder.TryCompress(text, bytes.AsSpan(HeadLength), out var written, Quality, Window))
            throw new InvalidOperationException("The compressed state is larger than its greatest length.");
        return new(bytes.AsMemory(0, HeadLength + written));
    }

    public T Deserialize<T>(BinaryData input)
    {
        var bytes = input.ToMemory();
        if (bytes.Span is not [< FirstOfJson and var form, ..])
            return json.Deserialize<T>(input)!;
        if (form != CompactForm)
            throw new NotSupportedException($"This state is stored in form {form}, which this release cannot read: a newer one wrote it.");
        return JsonSerializer.Deserialize<T>(Expand(bytes.Span), packed)!;
    }

    static byte[] Expand(ReadOnlySpan<byte> compact)
    {
        var length = compact.Length > HeadLength ? BinaryPrimitives.ReadInt32LittleEndian(compact[1..]) : 0;
        if (length is <= 0 or > MaxBytes)
            throw new InvalidDataException("The compact state is damaged.");
        var text = new byte[length];
        return BrotliDecoder.TryDecompress(compact[HeadLength..], text, out var written) && written == length
            ? text
            : throw new InvalidDataException("The compact state is damaged.");
    }
}
