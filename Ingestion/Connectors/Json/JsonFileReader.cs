using System.Text;
using System.Text.Json;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>The base of readers for files of JSON records, as an array or as lines.</summary>
internal abstract class JsonFileReader : FileRecordReader
{
    private readonly JsonFields _fields;
    private JsonDocument? _document;
    private string? _problem;

    protected JsonFileReader(DataFile file, Contract contract)
        : base(file, contract)
    {
        ColumnMap.RefuseNewColumns(contract);
        _fields = new JsonFields(contract);
        Content = file.Inspection.Encoding is UTF8Encoding
            ? file.Content
            : Encoding.CreateTranscodingStream(file.Content, file.Inspection.Encoding, Encoding.UTF8, leaveOpen: true);
    }

    public override string? Problem => _problem;

    public override string RawText => Encoding.UTF8.GetString(Record.Span).TrimEnd();

    /// <summary>The current record; null if it is not valid JSON.</summary>
    public JsonElement? Document => _document?.RootElement;

    public override string? JsonRecord => _document is null ? null : RawText;

    public override string? this[int field] => _fields[field];

    /// <summary>The file's content in UTF-8.</summary>
    protected Stream Content { get; }

    /// <summary>The current record's text, or its start if it <see cref="IsLong"/>.</summary>
    protected abstract ReadOnlyMemory<byte> Record { get; }

    /// <summary>True if the record is too long to be held in memory.</summary>
    protected abstract bool IsLong { get; }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // the document refers to the buffer that the next record overwrites
        _document?.Dispose();
        _document = null;
        try
        {
            if (!await NextAsync(cancellationToken))
                return false;
        }
        catch (Exception exception) when (exception is IOException or DecoderFallbackException)
        {
            throw new DiagnosticException(IngestionDiagnostics.Unreadable(File.Path, exception.Message), exception);
        }

        _problem = IsLong
            ? $"the record is longer than {RecordBuffer.MaxRecordBytes} bytes, only its beginning is kept here"
            : Parse();
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        _document?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Reads the next record; returns false at the end.</summary>
    protected abstract ValueTask<bool> NextAsync(CancellationToken cancellationToken);

    private string? Parse()
    {
        try
        {
            _document = JsonDocument.Parse(Record, JsonDepth.Document);
        }
        catch (JsonException exception) when (JsonDepth.Problem(exception) is { } tooDeep)
        {
            return $"the record {tooDeep}";
        }
        catch (JsonException exception)
        {
            // without the position, which is relative to the record, and hints for programmers
            var reason = exception.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0].Split(". ", 2)[0].TrimEnd('.').ReplaceLineEndings(" ");
            return $"the record is not valid json: {reason}";
        }

        return _fields.Take(_document.RootElement);
    }
}
