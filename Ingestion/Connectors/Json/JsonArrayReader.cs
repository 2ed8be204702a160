using System.Text.Json;
using Ingestion.Connectors.Files;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>The elements of a JSON array, one in memory at a time. Records are counted, as an array's lines say nothing.</summary>
internal sealed class JsonArrayReader : JsonFileReader
{
    private readonly IAsyncEnumerator<JsonElement> _elements;
    private long _number;

    public JsonArrayReader(DataFile file, Contract contract)
        : base(file, contract) =>
        _elements = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(Content).GetAsyncEnumerator();

    /// <summary>The number of the record, from 1.</summary>
    public override long Line => _number;

    public override string RawText => _elements.Current.GetRawText();

    protected override SourceSpan RecordSpan => SourceSpan.WholeFile($"{File.Path}, record {_number}");

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!await _elements.MoveNextAsync())
                return false;
        }
        catch (JsonException exception)
        {
            throw Malformed(exception, firstLine: 1);
        }

        _number++;
        Take(_elements.Current);
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await _elements.DisposeAsync();
        await base.DisposeAsync();
    }
}
