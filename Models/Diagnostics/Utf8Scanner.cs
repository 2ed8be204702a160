using System.Buffers;
using System.Text;

namespace Models.Diagnostics;

/// <summary>Finds the first byte of a file that is not valid UTF-8 text, with its line, column and offset.</summary>
internal static class Utf8Scanner
{
    private const string SaveAsUtf8 = "save the file as UTF-8";

    /// <summary>The maximum number of bytes of one character.</summary>
    private const int LongestSequence = 4;

    public static TextFault FindFault(Stream stream, string path)
    {
        var place = new Place(path);
        var buffer = new byte[65536];
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (OtherEncoding(buffer.AsSpan(0, count)) is { } other)
            return new TextFault(place.Span, $"it begins with the byte order mark of {other}; {SaveAsUtf8}");

        if (buffer.AsSpan(0, count).StartsWith(Encoding.UTF8.Preamble))
            place.SkipMark();
        var start = (int)place.Offset;
        while (true)
        {
            var isLast = count < buffer.Length;
            while (start < count && (isLast || count - start >= LongestSequence))
            {
                var status = Rune.DecodeFromUtf8(buffer.AsSpan(start, count - start), out var rune, out var length);
                if (status != OperationStatus.Done)
                    return new TextFault(place.Span, $"byte 0x{buffer[start]:X2} at offset {place.Offset} is not UTF-8; {SaveAsUtf8}");
                if (rune.Value == 0)
                    return new TextFault(
                        place.Span, $"byte 0x00 at offset {place.Offset} is a NUL character, which no text can hold; remove it, or {SaveAsUtf8}");

                place.Pass(rune, length);
                start += length;
            }

            if (isLast)
                return new TextFault(place.Span, "it changed while it was read; try again");

            var rest = count - start;
            buffer.AsSpan(start, rest).CopyTo(buffer);
            count = rest + stream.ReadAtLeast(buffer.AsSpan(rest), buffer.Length - rest, throwOnEndOfStream: false);
            start = 0;
        }
    }

    /// <summary>Detects UTF-32 before UTF-16, because UTF-32 byte order marks start with those of UTF-16. Source: The Unicode Standard, 23.8.</summary>
    private static string? OtherEncoding(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
        _ => null,
    };

    private struct Place(string path)
    {
        private int _line = 1;
        private int _column = 1;
        private bool _afterReturn;

        /// <summary>The byte offset in the file, from 0.</summary>
        public long Offset { get; private set; }

        public readonly SourceSpan Span => new(path, _line, _column, _line, _column);

        public void SkipMark() => Offset = Encoding.UTF8.Preamble.Length;

        public void Pass(Rune rune, int length)
        {
            Offset += length;
            if (rune.Value is not ('\r' or '\n'))
            {
                _column += rune.Utf16SequenceLength;
            }
            else if (rune.Value == '\r' || !_afterReturn)
            {
                _line++;
                _column = 1;
            }

            _afterReturn = rune.Value == '\r';
        }
    }
}
