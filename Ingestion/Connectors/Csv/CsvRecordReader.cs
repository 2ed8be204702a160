using System.Text;
using CsvHelper;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Diagnostics;

namespace Ingestion.Connectors.Csv;

/// <summary>Reads the rows of one CSV file.</summary>
internal sealed class CsvRecordReader : FileRecordReader
{
    private readonly CsvLayout _layout;
    private readonly CsvRowParser _parser;
    private string? _problem;

    public CsvRecordReader(DataFile file, CsvLayout layout)
        : base(file, layout.Contract)
    {
        _layout = layout;
        _parser = new CsvRowParser(file.Content, file.Inspection.Encoding, layout.Delimiter);
        _parser.Read();
    }

    public override long Line => _parser.Line;

    public override SourceSpan Span => LineSpan(_parser.Line);

    public override string? Problem => _problem;

    public override string RawText => _parser.RawText;

    public override string? this[int field] => _layout.Positions[field] is var position and >= 0 ? _parser[position] : null;

    public override ReadOnlySpan<char> TextOf(int field) => _layout.Positions[field] is var position and >= 0 ? _parser.TextOf(position) : default;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await _parser.ReadAsync(cancellationToken))
                return false;
        }
        catch (CsvFormatException exception)
        {
            throw new DiagnosticException(IngestionDiagnostics.LongRow(LineSpan(exception.LineNumber), CsvRowParser.MaxRowBytes), exception);
        }
        catch (Exception exception) when (exception is IOException or DecoderFallbackException)
        {
            throw new DiagnosticException(IngestionDiagnostics.Unreadable(File.Path, exception.Message), exception);
        }

        _problem = FindProblem();
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await _parser.DisposeAsync();
        await base.DisposeAsync();
    }

    private string? FindProblem()
    {
        if (_parser.HasBadQuote)
        {
            return _parser.IsBroken
                ? throw new DiagnosticException(IngestionDiagnostics.UnclosedQuote(LineSpan(_parser.Line)))
                : "there is a quote inside a field; double it, or quote the whole field";
        }

        if (_parser.Count != _layout.FieldCount)
            return $"the row has {_parser.Count} fields, the header {_layout.FieldCount}";

        return _layout.TrailingPosition >= 0 && !string.IsNullOrWhiteSpace(_parser[_layout.TrailingPosition])
            ? $"the unnamed last column has the value '{_parser[_layout.TrailingPosition]}'"
            : null;
    }

    private SourceSpan LineSpan(long line) => new(File.Path, (int)line, 1, (int)line, 1);
}
