using System.Buffers;
using System.Text;

namespace Models.Parsing.PartialParsing;

/// <summary>Compares a file with its cached text.</summary>
internal static class ModelText
{
    /// <summary>True if the file contains exactly this text, ignoring a byte order mark.</summary>
    public static bool IsSame(string path, byte[] record, RecordedText text)
    {
        var expected = record.AsSpan(text.Start, text.Length);
        var preamble = Encoding.UTF8.Preamble;
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length != expected.Length && length != expected.Length + preamble.Length)
                return false;

            // an additional byte detects a file that is growing
            var buffer = ArrayPool<byte>.Shared.Rent((int)length + 1);
            try
            {
                var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)length + 1), fileOffset: 0);
                var content = buffer.AsSpan(0, read);
                return (content.StartsWith(preamble) ? content[preamble.Length..] : content).SequenceEqual(expected);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
