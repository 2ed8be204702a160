using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks;

/// <summary>Reads one HTTP/1.1 answer after the other: of a known length, or in chunks.</summary>
internal sealed class HttpAnswerReader(Socket socket)
{
    private byte[] _buffer = new byte[64 * 1024];

    /// <summary>The whole answer, valid until the next one is read.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync()
    {
        var length = 0;
        while (!IsWhole(_buffer.AsSpan(0, length)))
        {
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, length * 2);
            var read = await socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0)
                throw new BenchmarkException($"The connection was closed after: {Encoding.UTF8.GetString(_buffer, 0, length)}");
            length += read;
        }

        return _buffer.AsMemory(0, length);
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var content = answer[(head + 4)..];
        var at = answer[..head].IndexOf("\r\nContent-Length: "u8);
        if (at < 0)
            return content.EndsWith("0\r\n\r\n"u8);
        var value = answer[(at + 18)..head];
        var end = value.IndexOf((byte)'\r');
        return content.Length >= int.Parse(end < 0 ? value : value[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
