using Ingestion.Connectors.Files;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Parquet;

namespace Ingestion.Connectors.Parquet;

/// <summary>Reads the rows of one Parquet file. The values of one row group are held in memory.</summary>
internal sealed class ParquetRecordReader(DataFile file, Contract contract, ParquetReader reader, ParquetColumn?[] columns)
    : TypedRecordReader(file, contract), ITypedRecord
{
    /// <summary>Usual row groups have up to a million rows; a damaged footer may contain any number.</summary>
    private const long MaxGroupRows = 16 * 1024 * 1024;

    private readonly FieldKind[] _kinds = [.. contract.Fields.Select(f => f.Type.Kind)];
    private int _group;
    private int _row;
    private int _rows;

    protected override string Kind => "parquet";

    protected override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (++_row >= _rows)
        {
            if (_group == reader.RowGroupCount)
                return false;

            await ReadGroupAsync(cancellationToken);
        }

        return true;
    }

    public override string? this[int field] => TextOf(columns[field]?[_row], field);

    public bool TryTake(int field, ref FieldValue value) => columns[field] is { } column
        ? column.TryTake(_row, _kinds[field], ref value)
        : TypedValue.TakeNull(ref value);

    public override async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task ReadGroupAsync(CancellationToken cancellationToken)
    {
        using var group = reader.OpenRowGroupReader(_group++);
        if (group.RowCount is < 0 or > MaxGroupRows)
            throw new InvalidDataException($"row group {_group} has {group.RowCount} rows, at most {MaxGroupRows} are read");

        _rows = (int)group.RowCount;
        _row = -1;
        foreach (var column in columns)
        {
            if (column is not null)
                await column.ReadAsync(group, _rows, cancellationToken);
        }
    }
}
