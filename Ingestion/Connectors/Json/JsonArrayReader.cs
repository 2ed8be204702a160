using Ingestion.Connectors.Files;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>Reads the elements of a JSON array one by one. Messages number the records, because an array need not have one element per line.</summary>
internal sealed class JsonArrayReader : JsonFileReader
{
    private readonly JsonArrayScanner _scanner;
    private long _number;

    public JsonArrayReader(DataFile file, Contract contract)
        : base(file, contract) =>
        _scanner = new JsonArrayScanner(Content, file.Path);

    /// <summary>The number of the record, from 1.</summary>
    public override long Line => _number;

    public override SourceSpan Span => SourceSpan.WholeFile($"{File.Path}, record {_number}");

    protected override ReadOnlyMemory<byte> Record => _scanner.Element;

    protected override bool IsLong => _scanner.IsLong;

    protected override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        _number++;
        return await _scanner.ReadAsync(cancellationToken);
    }
}
