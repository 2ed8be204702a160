using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>
/// Determines a file's encoding: the contract's, that of the byte order mark, UTF-16 by its zero bytes, otherwise UTF-8. Every byte must be valid: an
/// invalid byte is reported with its offset, and no other encoding is guessed, because most byte sequences are valid in most encodings.
/// </summary>
internal sealed partial class EncodingDetector
{
    /// <summary>Control characters that do not occur in text; tab, line feed, form feed, carriage return, escape and Ctrl-Z are allowed.</summary>
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31, 127]);

    private readonly string _path;
    private readonly Contract _contract;
    private readonly Encoding _encoding;
    private readonly bool _isGiven;
    private readonly int _preambleLength;
    private readonly EncodingCheck _check;
    private readonly bool _isByteText;
    private long _position;

    /// <param name="start">The file's first bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="contract">The contract, which may name the encoding.</param>
    public EncodingDetector(ReadOnlySpan<byte> start, string path, Contract contract)
    {
        _path = path;
        _contract = contract;
        CheckKnownKinds(start);
        var (marked, preambleLength) = FromPreamble(start);
        _preambleLength = preambleLength;
        _isGiven = contract.Options.Encoding is not null;
        _encoding = contract.Options.Encoding is { } name
            ? WithMark(ByName(name), marked)
            : marked ?? FromZeroBytes(start) ?? FromXmlDeclaration(start) ?? Strict("utf-8");
        _check = EncodingCheck.For(_encoding);
        _isByteText = _encoding.WebName is "utf-8" or "us-ascii" || _encoding.IsSingleByte;
    }

    /// <summary>Processes the next bytes of the file, including the first ones.</summary>
    public void Look(ReadOnlySpan<byte> chunk)
    {
        if (_isByteText && chunk.IndexOfAny(Controls) is var control and >= 0)
            throw new DiagnosticException(
                IngestionDiagnostics.NotText(_path, $"byte 0x{chunk[control]:x2} at offset {_position + control}; export it as text in UTF-8"));

        if (_check.Look(chunk, isEnd: false) is { } reason)
            throw Wrong(reason);
        _position += chunk.Length;
    }

    /// <summary>The encoding and the length of the byte order mark, after all bytes were processed.</summary>
    public (Encoding Encoding, int PreambleLength) Decide() =>
        _check.Look([], isEnd: true) is { } reason ? throw Wrong(reason) : (_encoding, _preambleLength);

    private DiagnosticException Wrong(string reason) =>
        new(IngestionDiagnostics.WrongEncoding(_path, _encoding.WebName, reason, _isGiven, _contract.Span.File));

    /// <summary>
    /// A byte order mark may refine the contract's encoding by its byte order. A mark that contradicts the contract is an error, because its bytes
    /// may be valid text in the contract's encoding.
    /// </summary>
    private Encoding WithMark(Encoding given, Encoding? marked)
    {
        if (marked is null || marked.WebName == given.WebName)
            return given;

        return marked.WebName.StartsWith(given.WebName, StringComparison.OrdinalIgnoreCase)
            ? marked
            : throw new DiagnosticException(IngestionDiagnostics.WrongEncoding(
                _path, given.WebName, $"it begins with the byte order mark of {marked.WebName}", isGiven: true, _contract.Span.File));
    }

    private void CheckKnownKinds(ReadOnlySpan<byte> start)
    {
        var kind = start switch
        {
            [0x50, 0x4B, 0x03, 0x04, ..] => "a zip archive or an Excel workbook",
            [0x1F, 0x8B, ..] => "a gzip archive",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Excel workbook",
            [0x25, 0x50, 0x44, 0x46, ..] => "a PDF document",
            _ => null,
        };
        if (kind is not null)
            throw new DiagnosticException(IngestionDiagnostics.NotText(_path, $"it is {kind}; unpack it, or export it as text in UTF-8"));
    }

    private static (Encoding? Encoding, int Length) FromPreamble(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Strict("utf-8"), 3),
        [0xFF, 0xFE, 0x00, 0x00, ..] => (Strict("utf-32"), 4),
        [0x00, 0x00, 0xFE, 0xFF, ..] => (Strict("utf-32BE"), 4),
        [0xFF, 0xFE, ..] => (Strict("utf-16"), 2),
        [0xFE, 0xFF, ..] => (Strict("utf-16BE"), 2),
        _ => (null, 0),
    };

    /// <summary>Detects UTF-16 without a byte order mark: most of the first characters are ASCII, so that every second byte is zero.</summary>
    private static Encoding? FromZeroBytes(ReadOnlySpan<byte> start)
    {
        var sample = start[..(Math.Min(start.Length, 1024) & ~1)];
        int even = 0, odd = 0;
        for (var i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        if (odd > sample.Length * 2 / 5 && even == 0)
            return Strict("utf-16");
        return even > sample.Length * 2 / 5 && odd == 0 ? Strict("utf-16BE") : null;
    }

    /// <summary>The encoding in an XML declaration. Source: Extensible Markup Language (XML) 1.0, 4.3.3.</summary>
    private Encoding? FromXmlDeclaration(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 1024)]);
        return XmlDeclaration().Match(text) is { Success: true } found ? ByName(found.Groups["name"].Value) : null;
    }

    [GeneratedRegex("""^<\?xml\s[^>]*?\sencoding\s*=\s*["'](?<name>[^"']+)["']""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex XmlDeclaration();

    private Encoding ByName(string name)
    {
        try
        {
            return Strict(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new DiagnosticException(IngestionDiagnostics.UnknownEncoding(_contract.Span, name), exception);
        }
    }

    private static Encoding Strict(string name) =>
        (CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));
}
