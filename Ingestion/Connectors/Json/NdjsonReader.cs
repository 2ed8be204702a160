using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Ingestion.Connectors.Files;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>The lines of a file that has one JSON object a line. A line that is no JSON is a bad record, but for the first.</summary>
internal sealed class NdjsonReader : JsonFileReader
{
    private const int MaxLineBytes = 16 * 1024 * 1024;

    private readonly PipeReader _pipe;
    private JsonDocument? _record;
    private string _rawText = "";
    private long _line;
    private bool _isFirst = true;

    public NdjsonReader(DataFile file, Contract contract)
        : base(file, contract) =>
        _pipe = PipeReader.Create(Content, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));

    public override long Line => _line;

    public override string RawText => _rawText;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await NextLineAsync(cancellationToken) is { } line)
        {
            _line++;
            _rawText = line;
            if (line.Length == 0)
                continue;

            Parse(line);
            _isFirst = false;
            return true;
        }

        return false;
    }

    public override async ValueTask DisposeAsync()
    {
        _record?.Dispose();
        await _pipe.CompleteAsync();
        await base.DisposeAsync();
    }

    private void Parse(string line)
    {
        _record?.Dispose();
        _record = null;
        try
        {
            _record = JsonDocument.Parse(line);
            Take(_record.RootElement);
        }
        catch (JsonException exception) when (_isFirst)
        {
            throw Malformed(exception, _line);
        }
        catch (JsonException)
        {
            TakeProblem("the line is not valid json");
        }
    }

    /// <summary>The next line without its end and blanks around it; null at the end.</summary>
    private async ValueTask<string?> NextLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(buffer.Slice(0, end)).Trim();
                _pipe.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted)
            {
                var rest = buffer.IsEmpty ? null : Encoding.UTF8.GetString(buffer).Trim();
                _pipe.AdvanceTo(buffer.End);
                return rest;
            }

            if (buffer.Length > MaxLineBytes)
                throw new DiagnosticException(IngestionDiagnostics.LongRow(Span(_line + 1), MaxLineBytes));

            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
