using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Ingestion.Connectors.Files;

/// <summary>Finds the first bytes of a file that are invalid in its encoding.</summary>
internal abstract class EncodingCheck
{
    private const int ScratchLength = 64 * 1024;

    protected char[] Scratch { get; } = new char[ScratchLength];

    public static EncodingCheck For(Encoding encoding) =>
        encoding.WebName == "utf-8" ? new Utf8Check() : new DecoderCheck(encoding);

    /// <summary>Checks the file's next bytes.</summary>
    /// <returns>A description of the invalid bytes and their offset, or null.</returns>
    public abstract string? Look(ReadOnlySpan<byte> chunk, bool isEnd);

    private static string Describe(ReadOnlySpan<byte> bytes, string where, long offset)
    {
        var shown = string.Join(' ', bytes.ToArray().Select(b => $"0x{b:x2}"));
        return $"{(bytes.Length == 1 ? "byte" : "bytes")} {shown} {where} offset {offset}";
    }

    /// <summary>Checks UTF-8, with an exact offset.</summary>
    private sealed class Utf8Check : EncodingCheck
    {
        private const int LongestCharacter = 4;

        private readonly byte[] _open = new byte[LongestCharacter];
        private int _openLength;
        private long _position;

        public override string? Look(ReadOnlySpan<byte> chunk, bool isEnd)
        {
            while (_openLength > 0)
            {
                // a character that started in the previous chunk
                var joined = _open.AsSpan(0, _openLength + Math.Min(chunk.Length, LongestCharacter - _openLength));
                chunk[..(joined.Length - _openLength)].CopyTo(joined[_openLength..]);
                switch (Rune.DecodeFromUtf8(joined, out _, out var used))
                {
                    case OperationStatus.Done:
                        chunk = chunk[(used - _openLength)..];
                        _position += used;
                        _openLength = 0;
                        break;
                    case OperationStatus.NeedMoreData when !isEnd:
                        _openLength = joined.Length;
                        return null;
                    default:
                        return Describe(joined[..1], "at", _position);
                }
            }

            while (!chunk.IsEmpty)
            {
                var status = Utf8.ToUtf16(chunk, Scratch, out var read, out _, replaceInvalidSequences: false, isFinalBlock: isEnd);
                _position += read;
                chunk = chunk[read..];
                if (status == OperationStatus.InvalidData)
                    return Describe(chunk[..1], "at", _position);
                if (status != OperationStatus.NeedMoreData)
                    continue;

                chunk.CopyTo(_open);
                _openLength = chunk.Length;
                break;
            }

            return null;
        }
    }

    /// <summary>Checks all other encodings with .NET's decoder.</summary>
    private sealed class DecoderCheck(Encoding encoding) : EncodingCheck
    {
        private readonly Decoder _decoder = encoding.GetDecoder();
        /// <summary>.NET decodes bytes that a Windows code page leaves undefined as control characters.</summary>
        private readonly bool _hasUndefined = encoding.IsSingleByte && encoding.WebName.StartsWith("windows-", StringComparison.Ordinal);
        private long _position;

        public override string? Look(ReadOnlySpan<byte> chunk, bool isEnd)
        {
            try
            {
                bool completed;
                do
                {
                    _decoder.Convert(chunk, Scratch, isEnd, out var used, out var written, out completed);
                    if (_hasUndefined && Scratch.AsSpan(0, written).IndexOfAnyInRange('\u0080', '\u009F') is var at and >= 0)
                        return Describe(chunk.Slice(at, 1), "at", _position + at);

                    chunk = chunk[used..];
                    _position += used;
                }
                while (!completed);
            }
            catch (DecoderFallbackException exception)
            {
                // the index does not count bytes of the previous chunk
                return Describe(exception.BytesUnknown ?? [], "near", _position + Math.Max(exception.Index, 0));
            }

            return null;
        }
    }
}
