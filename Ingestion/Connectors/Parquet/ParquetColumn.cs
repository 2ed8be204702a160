using Ingestion.Connectors.Values;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Ingestion.Connectors.Parquet;

/// <summary>The values of one column in one row group.</summary>
internal abstract class ParquetColumn(DataField field)
{
    protected DataField Field { get; } = field;

    public abstract object? this[int row] { get; }

    /// <summary>Creates a column that reads the field; returns null for types that no contract supports.</summary>
    public static ParquetColumn? For(DataField field)
    {
        if (field.IsArray)
            return null;
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
            return new TextColumn(field);

        // the file states whether a time is in UTC; otherwise it is a time without a zone
        var isUtc = field is DateTimeDataField { IsAdjustedToUTC: true };
        return Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Boolean => new ValueColumn<bool>(field, v => v),
            TypeCode.SByte => new ValueColumn<sbyte>(field, v => v),
            TypeCode.Byte => new ValueColumn<byte>(field, v => v),
            TypeCode.Int16 => new ValueColumn<short>(field, v => v),
            TypeCode.UInt16 => new ValueColumn<ushort>(field, v => v),
            TypeCode.Int32 => new ValueColumn<int>(field, v => v),
            TypeCode.UInt32 => new ValueColumn<uint>(field, v => v),
            TypeCode.Int64 => new ValueColumn<long>(field, v => v),
            TypeCode.UInt64 => new ValueColumn<ulong>(field, v => v),
            TypeCode.Single => new ValueColumn<float>(field, v => v),
            TypeCode.Double => new ValueColumn<double>(field, v => v),
            TypeCode.Decimal => new ValueColumn<decimal>(field, v => v),
            TypeCode.DateTime => new ValueColumn<DateTime>(field, v => DateTime.SpecifyKind(v, isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified)),
            _ when field.ClrType == typeof(BigDecimal) => new ValueColumn<BigDecimal>(field, v => new ExactNumber(v.UnscaledValue, v.Scale)),
            _ when field.ClrType == typeof(DateOnly) => new ValueColumn<DateOnly>(field, v => v),
            _ when field.ClrType == typeof(TimeSpan) => new ValueColumn<TimeSpan>(field, v => v),
            _ when field.ClrType == typeof(TimeOnly) => new ValueColumn<TimeOnly>(field, v => v.ToTimeSpan()),
            _ when field.ClrType == typeof(Guid) => new ValueColumn<Guid>(field, v => v),
            _ => null,
        };
    }

    /// <summary>Reads the column's values of a row group.</summary>
    public abstract ValueTask ReadAsync(ParquetRowGroupReader group, int rows, CancellationToken cancellationToken);

    private sealed class TextColumn(DataField field) : ParquetColumn(field)
    {
        private string?[] _values = [];

        public override object? this[int row] => _values[row];

        public override async ValueTask ReadAsync(ParquetRowGroupReader group, int rows, CancellationToken cancellationToken)
        {
            if (_values.Length != rows)
                _values = new string?[rows];
            await group.ReadAsync(Field, _values!, cancellationToken: cancellationToken);
        }
    }

    private sealed class ValueColumn<T>(DataField field, Func<T, object> convert) : ParquetColumn(field)
        where T : struct
    {
        // only one of the two arrays is used; it is reused for all row groups
        private T?[] _values = [];
        private T[] _required = [];

        public override object? this[int row] => Field.IsNullable ? (_values[row] is { } value ? convert(value) : null) : convert(_required[row]);

        public override async ValueTask ReadAsync(ParquetRowGroupReader group, int rows, CancellationToken cancellationToken)
        {
            if (Field.IsNullable)
            {
                Array.Resize(ref _values, rows);
                await group.ReadAsync(Field, _values.AsMemory(), cancellationToken: cancellationToken);
                return;
            }

            Array.Resize(ref _required, rows);
            await group.ReadAsync(Field, _required.AsMemory(), cancellationToken: cancellationToken);
        }
    }
}
