using System.Text;

namespace Models.Diagnostics;

/// <summary>
/// Reads text files, which must be UTF-8 with or without a byte order mark. Nothing is replaced or guessed: invalid bytes, and NUL characters, which
/// PostgreSQL cannot store in text, are errors with their position.
/// </summary>
public static class TextFile
{
    /// <summary>Reads the file's text without its byte order mark.</summary>
    /// <exception cref="TextFileException">The file is not valid UTF-8 text.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
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

    /// <summary>Like <see cref="ReadAllText"/>, for a file that is read in pieces; the reader throws at the first fault.</summary>
    public static TextReader Open(string path) => new TextFileReader(path);

    internal static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Finds the first fault of a file that is known to have one.</summary>
    internal static TextFault FindFault(string path)
    {
        using var stream = new BufferedStream(File.OpenRead(path), 65536);
        return Utf8Scanner.FindFault(stream, path);
    }
}
