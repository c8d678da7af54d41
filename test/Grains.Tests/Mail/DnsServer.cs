using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alerts.Tests.Mail;

/// <summary>A DNS server on loopback that knows some TXT records, and of every other name that there is none.</summary>
sealed class DnsServer : IAsyncDisposable
{
    const int Head = 12;
    readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    readonly Task answering;

    public DnsServer(IReadOnlyDictionary<string, string> texts) => answering = AnswerAsync(texts);

    public IPEndPoint Address => (IPEndPoint)socket.Client.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await answering;
    }

    async Task AnswerAsync(IReadOnlyDictionary<string, string> texts)
    {
        try
        {
            while (true)
            {
                var asked = await socket.ReceiveAsync();
                await socket.SendAsync(Answer(asked.Buffer, texts), asked.RemoteEndPoint);
            }
        }
        catch (Exception end) when (end is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    static byte[] Answer(byte[] question, IReadOnlyDictionary<string, string> texts)
    {
        var (name, end) = NameIn(question);
        var known = texts.TryGetValue(name, out var text);
        byte[] head = [question[0], question[1], 0x81, (byte)(known ? 0x80 : 0x83), 0, 1, 0, (byte)(known ? 1 : 0), 0, 0, 0, 0];
        byte[] answer = [.. head, .. question[Head..end]];
        if (!known)
            return answer;
        var strings = Encoding.ASCII.GetBytes(text!).Chunk(255).SelectMany(part => (byte[])[(byte)part.Length, .. part]).ToArray();
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)strings.Length);
        // The name is that of the question; a TXT record of the Internet, good for a minute.
        return [.. answer, 0xC0, Head, 0, 16, 0, 1, 0, 0, 0, 60, .. length, .. strings];
    }

    static (string Name, int End) NameIn(byte[] question)
    {
        var labels = new List<string>();
        var at = Head;
        for (; question[at] > 0; at += question[at] + 1)
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        return (string.Join('.', labels).ToLowerInvariant(), at + 5);
    }
}
