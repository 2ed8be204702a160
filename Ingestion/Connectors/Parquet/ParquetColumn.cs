using Ingestion.Connectors.Values;
using Models.Contracts;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Ingestion.Connectors.Parquet;

/// <summary>The values of one column in one row group.</summary>
internal abstract class ParquetColumn(DataField field)
{
    protected DataField Field { get; } = field;

    public abstract object? this[int row] { get; }

    /// <summary>Sets the value of a field of this type to that of a row; returns false if its text must be parsed.</summary>
    public abstract bool TryTake(int row, FieldKind kind, ref FieldValue value);

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
            TypeCode.Boolean => new ValueColumn<bool>(field, v => v, TypedValue.Take),
            TypeCode.SByte => new ValueColumn<sbyte>(field, v => v, (v, kind, ref value) => TypedValue.Take((long)v, kind, ref value)),
            TypeCode.Byte => new ValueColumn<byte>(field, v => v, (v, kind, ref value) => TypedValue.Take((long)v, kind, ref value)),
            TypeCode.Int16 => new ValueColumn<short>(field, v => v, (v, kind, ref value) => TypedValue.Take((long)v, kind, ref value)),
            TypeCode.UInt16 => new ValueColumn<ushort>(field, v => v, (v, kind, ref value) => TypedValue.Take((long)v, kind, ref value)),
            TypeCode.Int32 => new ValueColumn<int>(field, v => v, (v, kind, ref value) => TypedValue.Take((long)v, kind, ref value)),
            TypeCode.UInt32 => new ValueColumn<uint>(field, v => v, (v, kind, ref value) => TypedValue.Take((long)v, kind, ref value)),
            TypeCode.Int64 => new ValueColumn<long>(field, v => v, TypedValue.Take),
            TypeCode.UInt64 => new ValueColumn<ulong>(field, v => v),
            TypeCode.Single => new ValueColumn<float>(field, v => v),
            TypeCode.Double => new ValueColumn<double>(field, v => v, TypedValue.Take),
            TypeCode.Decimal => new ValueColumn<decimal>(field, v => v),
            TypeCode.DateTime => new ValueColumn<DateTime>(field, v => Zoned(v), (v, kind, ref value) => TypedValue.Take(Zoned(v), kind, ref value)),
            _ when field.ClrType == typeof(BigDecimal) => new ValueColumn<BigDecimal>(field, v => new ExactNumber(v.UnscaledValue, v.Scale)),
            _ when field.ClrType == typeof(DateOnly) => new ValueColumn<DateOnly>(field, v => v, TypedValue.Take),
            _ when field.ClrType == typeof(TimeSpan) => new ValueColumn<TimeSpan>(field, v => v),
            _ when field.ClrType == typeof(TimeOnly) => new ValueColumn<TimeOnly>(field, v => v.ToTimeSpan()),
            _ when field.ClrType == typeof(Guid) => new ValueColumn<Guid>(field, v => v),
            _ => null,
        };

        DateTime Zoned(DateTime moment) => DateTime.SpecifyKind(moment, isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
    }

    /// <summary>Reads the column's values of a row group.</summary>
    public abstract ValueTask ReadAsync(ParquetRowGroupReader group, int rows, CancellationToken cancellationToken);

    private sealed class TextColumn(DataField field) : ParquetColumn(field)
    {
        private string?[] _values = [];

        public override object? this[int row] => _values[row];

        public override bool TryTake(int row, FieldKind kind, ref FieldValue value) => TypedValue.Take(_values[row], kind, ref value);

        public override async ValueTask ReadAsync(ParquetRowGroupReader group, int rows, CancellationToken cancellationToken)
        {
            if (_values.Length != rows)
                _values = new string?[rows];
            await group.ReadAsync(Field, _values!, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Takes a value as one of a field's type; returns false if its text must be parsed.</summary>
    private delegate bool Take<T>(T value, FieldKind kind, ref FieldValue taken);

    private sealed class ValueColumn<T>(DataField field, Func<T, object> convert, Take<T>? take = null) : ParquetColumn(field)
        where T : struct
    {
        // only one of the two arrays is used; it is reused for all row groups
        private T?[] _values = [];
        private T[] _required = [];

        public override object? this[int row] => Field.IsNullable ? (_values[row] is { } value ? convert(value) : null) : convert(_required[row]);

        public override bool TryTake(int row, FieldKind kind, ref FieldValue value)
        {
            if (!Field.IsNullable)
                return take is not null && take(_required[row], kind, ref value);
            if (_values[row] is not { } given)
                return TypedValue.TakeNull(ref value);

            return take is not null && take(given, kind, ref value);
        }

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
