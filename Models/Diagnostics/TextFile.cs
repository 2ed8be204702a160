using System.Text;

namespace Models.Diagnostics;

/// <summary>
/// Reads text files, all of which are UTF-8 with or without a byte order mark. Nothing is replaced or guessed: a byte that is not UTF-8, and
/// a NUL character, which no text of PostgreSQL can hold, are refused with their place.
/// </summary>
public static class TextFile
{
    /// <summary>The file's text without its byte order mark.</summary>
    /// <exception cref="TextFileException">The file holds something else than text in UTF-8.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string ReadAllText(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            if (bytes.AsSpan().Contains((byte)0))
                throw new TextFileException(FindFault(path));

            ReadOnlySpan<byte> text = bytes;
            return StrictUtf8.GetString(text.StartsWith(Encoding.UTF8.Preamble) ? text[3..] : text);
        }
        catch (DecoderFallbackException e)
        {
            throw new TextFileException(FindFault(path), e);
        }
    }

    /// <summary>As <see cref="ReadAllText"/>, for a file that is read in pieces; the reader throws where it meets a fault.</summary>
    public static TextReader Open(string path) => new TextFileReader(path);

    internal static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The first fault of a file that is known to have one.</summary>
    internal static TextFault FindFault(string path)
    {
        using var stream = new BufferedStream(File.OpenRead(path), 65536);
        return Utf8Scanner.FindFault(stream, path);
    }
}
