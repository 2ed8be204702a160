using System.Text.Json;
using Ingestion.Connectors.Json;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Ingestion.Loading.Records;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Loading.Retrying;

/// <summary>Reads quarantined records of one batch again, under the contract as it is now.</summary>
internal sealed class StoredRecordReader(Contract contract, string source, IReadOnlyList<StoredEntry> entries) : RecordReader
{
    /// <summary>The stored text is one level deeper than the record.</summary>
    private static readonly JsonDocumentOptions s_deeper = new() { MaxDepth = JsonDepth.Max + 1 };

    private readonly JsonFields _fields = new(contract);
    private readonly string?[] _texts = new string?[contract.Fields.Count];
    private int _index = -1;
    private bool _isJson;
    private string? _problem;

    public override Contract Contract => contract;

    public override string SourceName => source;

    public override string ContentHash => "";

    public override long Position => _index + 1;

    public override long? Length => entries.Count;

    public override long Line => Entry.Line;

    public override SourceSpan Span => new(source, (int)Entry.Line, 1, (int)Entry.Line, 1);

    public override string? Problem => _problem;

    public override string RawText => "";

    /// <summary>The current entry.</summary>
    public StoredEntry Entry => entries[_index];

    public override string? this[int field] => _isJson ? _fields[field] : _texts[field];

    public override ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_index == entries.Count)
            return ValueTask.FromResult(false);

        _problem = Take();
        return ValueTask.FromResult(true);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string? Take()
    {
        if (Entry.Record is null)
            return $"{Entry.Reason} (the record cannot be split into fields; correct it in the source, or discard it)";

        using var document = JsonDocument.Parse(Entry.Record, s_deeper);
        if (document.RootElement.TryGetProperty(StoredRecord.Json, out var json))
        {
            _isJson = true;
            return _fields.Take(json);
        }

        _isJson = false;
        var texts = document.RootElement.GetProperty(StoredRecord.Texts);
        string? problem = null;
        for (var i = 0; i < _texts.Length; i++)
        {
            var name = contract.Fields[i].Name;
            if (texts.TryGetProperty(name, out var text))
                _texts[i] = text.GetString();
            else
                problem ??= $"{name} was not in the contract when the record was read; load the source again";
        }

        return problem;
    }
}

/// <summary>An entry of the quarantine that is retried.</summary>
internal sealed record StoredEntry(long Id, long Line, string Reason, string? Record);
