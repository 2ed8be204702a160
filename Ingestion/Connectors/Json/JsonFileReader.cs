using System.Text;
using System.Text.Json;
using Ingestion.Connectors.Files;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>What files of JSON records have in common, whether they are an array or lines.</summary>
internal abstract class JsonFileReader : RecordReader
{
    private readonly JsonFields _fields;
    private string? _problem;

    protected JsonFileReader(DataFile file, Contract contract)
    {
        File = file;
        _fields = new JsonFields(contract);
        SourceName = contract.Options.File;
        Content = file.Inspection.Encoding is UTF8Encoding
            ? file.Stream
            : Encoding.CreateTranscodingStream(file.Stream, file.Inspection.Encoding, Encoding.UTF8, leaveOpen: true);
    }

    public override string SourceName { get; }

    public override string ContentHash => File.Inspection.ContentHash;

    public override long Position => File.Stream.Position;

    public override long? Length => File.Inspection.Length;

    public override string? Problem => _problem;

    public override string? this[int field] => _fields[field];

    protected DataFile File { get; }

    /// <summary>Where the current record is, for messages.</summary>
    protected virtual SourceSpan RecordSpan => Span(Line);

    /// <summary>The file's content in UTF-8.</summary>
    protected Stream Content { get; }

    public override void CheckUnchanged() => File.CheckUnchanged();

    public override ValueTask DisposeAsync() => File.DisposeAsync();

    protected void Take(JsonElement record) => _problem = _fields.Take(record, RecordSpan);

    protected void TakeProblem(string problem) => _problem = problem;

    protected SourceSpan Span(long line) => new(File.Path, (int)line, 1, (int)line, 1);

    /// <summary>Ends the load: what follows a mistake in the text is not certain.</summary>
    protected DiagnosticException Malformed(JsonException exception, long firstLine)
    {
        var line = (int)(firstLine + (exception.LineNumber ?? 0));
        var column = (int)(exception.BytePositionInLine ?? 0) + 1;
        // the reader's own words for a text that is something else than an array speak of .NET types
        var reason = exception.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? "it is no array of objects; one object a line is the format ndjson"
            : exception.Message.Split(" Path:", 2)[0].Split(" LineNumber:", 2)[0].ReplaceLineEndings(" ").TrimEnd('.');
        return new DiagnosticException(IngestionDiagnostics.MalformedJson(new SourceSpan(File.Path, line, column, line, column), reason), exception);
    }
}
