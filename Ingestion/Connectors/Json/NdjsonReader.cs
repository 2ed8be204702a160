using System.Text;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>Reads the lines of a file with one JSON object per line. Blank lines are skipped.</summary>
internal class NdjsonReader : JsonFileReader
{
    private readonly RecordBuffer _buffer;
    private long _line;
    private bool _isFirst = true;

    public NdjsonReader(DataFile file, Contract contract)
        : base(file, contract) =>
        _buffer = new RecordBuffer(Content);

    public override long Line => _line;

    public override SourceSpan Span => new(File.Path, (int)_line, 1, (int)_line, 1);

    protected override ReadOnlyMemory<byte> Record => Trim(_buffer.Record);

    protected override bool IsLong => _buffer.IsLong;

    protected override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken))
        {
            if (Record.IsEmpty)
                continue;

            if (_isFirst && Record.Span is [(byte)'['])
                throw new DiagnosticException(IngestionDiagnostics.MalformedJson(Span, "it is an array of objects; that is the format json"));

            _isFirst = false;
            return true;
        }

        return false;
    }

    /// <summary>Consumes a line up to its line break; returns false at the end of the file.</summary>
    private async ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (_line > 0 && !_buffer.Rest.IsEmpty)
            _buffer.Consume(1);

        _buffer.Begin();
        _line = _buffer.Line;
        var hasText = false;
        while (true)
        {
            var rest = _buffer.Rest.Length;
            var end = _buffer.Rest.IndexOf((byte)'\n');
            hasText |= rest > 0;
            _buffer.Consume(end < 0 ? rest : end);
            if (end >= 0)
                return true;
            if (!await _buffer.ReadMoreAsync(cancellationToken))
                return hasText;
        }
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line) => line[Ascii.Trim(line.Span)];
}
