using System.Text.Json;
using Bogus;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Fake;

/// <summary>Generates rows one at a time.</summary>
internal sealed class FakerRecordReader(Contract contract, FakeData data, int[] positions, long rows, int seed, string contentHash) : RecordReader
{
    private readonly TypedText _texts = new(contract);
    private readonly string?[] _values = new string?[contract.Fields.Count];
    private long _number;

    public override Contract Contract => contract;

    public override string SourceName => $"faker:{contract.Options.Dataset}";

    public override string ContentHash => contentHash;

    public override long Position => _number;

    public override long? Length => rows;

    public override long Line => _number;

    public override SourceSpan Span => SourceSpan.WholeFile($"{SourceName}, row {_number}");

    public override string? Problem => null;

    public override string RawText => JsonSerializer.Serialize(contract.Fields.Index().ToDictionary(f => f.Item.Name, f => this[f.Index]));

    public override string? this[int field] => _values[field];

    public override ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_number == rows)
            return ValueTask.FromResult(false);

        _number++;
        var row = data.Row(_number, new Randomizer(RowSeed(_number)));
        for (var i = 0; i < positions.Length; i++)
            _texts.TryWrite(positions[i] < 0 ? null : row[positions[i]], i, out _values[i]);

        return ValueTask.FromResult(true);
    }

    public override ValueTask DisposeAsync() => default;

    /// <summary>Mixes the seed with the row's number, so that neighbouring rows are independent. Source: the finaliser of SplitMix64.</summary>
    private int RowSeed(long number)
    {
        unchecked
        {
            var mixed = ((ulong)seed << 32) + (ulong)number + 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)(mixed ^ (mixed >> 31));
        }
    }
}
