using System.Buffers;
using System.Text;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>
/// Finds a file's encoding: the contract's, the byte order mark's, UTF-16 by its zero bytes, UTF-8 where every byte fits, else
/// Windows-1252. Stops at what is no text.
/// </summary>
internal sealed class EncodingDetector
{
    /// <summary>Control characters that no text has; tab, line feed, form feed, carriage return, escape and Ctrl-Z are let pass.</summary>
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31, 127]);

    /// <summary>The bytes that Windows-1252 leaves undefined.</summary>
    private static readonly SearchValues<byte> NotWindows = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    private readonly string _path;
    private readonly Contract _contract;
    private readonly Encoding? _given;
    private readonly int _preambleLength;
    private readonly Decoder _decoder;
    private readonly char[] _scratch = new char[64 * 1024];
    private readonly bool _isByteText;
    private string? _mismatch;
    private bool _isWindows = true;
    private long _position;

    /// <param name="start">The file's first bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="contract">May name the encoding.</param>
    public EncodingDetector(ReadOnlySpan<byte> start, string path, Contract contract)
    {
        _path = path;
        _contract = contract;
        CheckKnownKinds(start);
        var (marked, preambleLength) = FromPreamble(start);
        _preambleLength = preambleLength;
        _given = contract.Options.Encoding is { } name ? ByName(name) : marked ?? FromZeroBytes(start);
        var assumed = _given ?? Strict("utf-8");
        _decoder = assumed.GetDecoder();
        _isByteText = assumed.WebName is "utf-8" or "us-ascii" || assumed.IsSingleByte;
    }

    /// <summary>Takes the next bytes of the file, the first ones included.</summary>
    public void Look(ReadOnlySpan<byte> chunk)
    {
        if (_isByteText && chunk.IndexOfAny(Controls) is var control and >= 0)
            throw new DiagnosticException(IngestionDiagnostics.NotText(_path, $"byte 0x{chunk[control]:x2} at offset {_position + control}; export it as text in UTF-8"));

        _isWindows = _isWindows && !chunk.ContainsAny(NotWindows);
        if (_mismatch is null)
            Decode(chunk);
        _position += chunk.Length;
    }

    /// <summary>The encoding and the length of the byte order mark, once every byte was looked at.</summary>
    public (Encoding Encoding, int PreambleLength) Decide()
    {
        if (_mismatch is null)
            Decode([], flush: true);

        if (_mismatch is null)
            return (_given ?? Strict("utf-8"), _preambleLength);

        if (_given is null && _isWindows)
            return (Strict("windows-1252"), 0);

        throw new DiagnosticException(IngestionDiagnostics.WrongEncoding(_path, _given?.WebName ?? "UTF-8 or Windows-1252", _mismatch, _contract.Span.File));
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool flush = false)
    {
        try
        {
            bool completed;
            do
            {
                _decoder.Convert(bytes, _scratch, flush, out var used, out _, out completed);
                bytes = bytes[used..];
            }
            while (!completed);
        }
        catch (DecoderFallbackException exception)
        {
            var shown = string.Join(' ', (exception.BytesUnknown ?? []).Select(b => $"0x{b:x2}"));
            _mismatch = $"{shown} near offset {_position + Math.Max(exception.Index, 0)}";
        }
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
        [0xFF, 0xFE, ..] => (Strict("utf-16"), 2),
        [0xFE, 0xFF, ..] => (Strict("utf-16BE"), 2),
        _ => (null, 0),
    };

    /// <summary>UTF-16 without a mark: most of the characters at the beginning are ASCII, so every second byte is zero.</summary>
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

    private Encoding ByName(string name)
    {
        try
        {
            return Strict(name);
        }
        catch (ArgumentException exception)
        {
            throw new DiagnosticException(IngestionDiagnostics.UnknownEncoding(_contract.Span, name), exception);
        }
    }

    private static Encoding Strict(string name) =>
        (CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));
}
