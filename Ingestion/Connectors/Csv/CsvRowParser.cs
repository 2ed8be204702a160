using System.Text;
using CsvHelper;

namespace Ingestion.Connectors.Csv;

/// <summary>Reads the rows of a CSV text, including the header, and detects invalid quotes.</summary>
internal sealed class CsvRowParser : IAsyncDisposable, IDisposable
{
    /// <summary>The maximum size of a row, so that an unclosed quote does not read the whole file.</summary>
    public const int MaxRowBytes = 1024 * 1024;

    private readonly CsvReader _reader;
    private char[] _text = new char[256];
    private CsvMalformedReason? _malformed;

    /// <param name="text">The start of a file.</param>
    /// <param name="delimiter">The separator.</param>
    public CsvRowParser(string text, char delimiter) => _reader = CsvReader.FromText(text, Options(delimiter, encoding: null));

    /// <param name="stream">A file, positioned after its byte order mark.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="delimiter">The separator.</param>
    public CsvRowParser(Stream stream, Encoding encoding, char delimiter) =>
        _reader = CsvReader.Create(stream, Options(delimiter, encoding), leaveOpen: true);

    /// <summary>The line at which the current row starts.</summary>
    public long Line => _reader.LineNumber;

    public int Count => _reader.FieldCount;

    /// <summary>The row's original text, without its line break.</summary>
    public string RawText => Encoding.UTF8.GetString(_reader.RawRecord);

    /// <summary>True if a quote is at an invalid position, so that the row's fields are uncertain.</summary>
    public bool HasBadQuote => _malformed is not null;

    /// <summary>True if an unclosed quote consumed several lines or the rest of the file, so that the rows are uncertain.</summary>
    public bool IsBroken => _malformed is CsvMalformedReason.UnterminatedQuote
        || (HasBadQuote && _reader.RawRecord.IndexOfAny((byte)'\r', (byte)'\n') >= 0);

    public string this[int index] => _reader.GetString(index);

    /// <summary>The text of a field, valid until the next call.</summary>
    public ReadOnlySpan<char> TextOf(int index)
    {
        var bytes = _reader.GetSpan(index);
        if (_text.Length < bytes.Length)
            _text = new char[Math.Max(bytes.Length, _text.Length * 2)];

        return _text.AsSpan(0, Encoding.UTF8.GetChars(bytes, _text));
    }

    /// <exception cref="CsvFormatException">A row is longer than <see cref="MaxRowBytes"/>.</exception>
    public bool Read()
    {
        _malformed = null;
        return _reader.Read();
    }

    /// <inheritdoc cref="Read"/>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _malformed = null;
        return _reader.ReadAsync(cancellationToken);
    }

    public string[] ToArray()
    {
        var fields = new string[Count];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = this[i];

        return fields;
    }

    public void Dispose() => _reader.Dispose();

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private CsvReaderOptions Options(char delimiter, Encoding? encoding) => new()
    {
        Separator = delimiter,
        HasHeader = false,
        Encoding = encoding,
        TrackLineNumbers = true,
        MaxRecordSize = MaxRowBytes,
        MalformedData = CsvMalformedDataHandling.Recover,
        OnMalformedRecord = record => _malformed = record.Reason,
    };
}
