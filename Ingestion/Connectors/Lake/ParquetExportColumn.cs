using Npgsql;
using Parquet;
using Parquet.Schema;

namespace Ingestion.Connectors.Lake;

/// <summary>A column of a Parquet file that is written: the values of the row group that is being filled.</summary>
internal abstract class ParquetExportColumn(DataField field)
{
    /// <summary>The most digits of a decimal that .NET holds exactly.</summary>
    private const int MaxPrecision = 28;

    public DataField Field { get; } = field;

    /// <summary>True if the column is selected as text.</summary>
    public virtual bool IsText => false;

    /// <param name="name">The column's name.</param>
    /// <param name="type">PostgreSQL's name of its type.</param>
    /// <param name="precision">The digits of a numeric; null if they are not limited.</param>
    /// <param name="scale">Those after the point.</param>
    public static ParquetExportColumn For(string name, string? type, int? precision, int? scale) => type?.Split('(')[0] switch
    {
        "boolean" => Value(new DataField<bool>(name, nullable: true), (r, i) => r.GetBoolean(i)),
        "smallint" => Value(new DataField<short>(name, nullable: true), (r, i) => r.GetInt16(i)),
        "integer" => Value(new DataField<int>(name, nullable: true), (r, i) => r.GetInt32(i)),
        "bigint" => Value(new DataField<long>(name, nullable: true), (r, i) => r.GetInt64(i)),
        "real" => Value(new DataField<float>(name, nullable: true), (r, i) => r.GetFloat(i)),
        "double precision" => Value(new DataField<double>(name, nullable: true), (r, i) => r.GetDouble(i)),
        "numeric" when precision is > 0 and <= MaxPrecision =>
            Value(new DecimalDataField(name, precision.Value, scale ?? 0, isNullable: true), (r, i) => r.GetDecimal(i)),
        "date" => Value(new DataField<DateOnly>(name, nullable: true), (r, i) => r.GetFieldValue<DateOnly>(i)),
        "timestamp without time zone" => Value(Time(name, isUtc: false), (r, i) => r.GetDateTime(i)),
        "timestamp with time zone" => Value(Time(name, isUtc: true), (r, i) => r.GetDateTime(i)),
        "uuid" => Value(new DataField<Guid>(name, nullable: true), (r, i) => r.GetGuid(i)),
        _ => new TextColumn(new DataField<string>(name)),
    };

    public abstract void Add(NpgsqlDataReader reader, int ordinal);

    /// <summary>Writes the values as a column of a row group, and begins anew.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group);

    private static DateTimeDataField Time(string name, bool isUtc) =>
        new(name, DateTimeFormat.Timestamp, isAdjustedToUTC: isUtc, unit: DateTimeTimeUnit.Micros, isNullable: true);

    private static ValueColumn<T> Value<T>(DataField field, Func<NpgsqlDataReader, int, T> read)
        where T : struct => new(field, read);

    private sealed class ValueColumn<T>(DataField field, Func<NpgsqlDataReader, int, T> read) : ParquetExportColumn(field)
        where T : struct
    {
        private readonly List<T?> _values = [];

        public override void Add(NpgsqlDataReader reader, int ordinal) => _values.Add(reader.IsDBNull(ordinal) ? null : read(reader, ordinal));

        public override async Task WriteAsync(ParquetRowGroupWriter group)
        {
            await group.WriteAsync<T>(Field, _values.ToArray().AsMemory());
            _values.Clear();
        }
    }

    private sealed class TextColumn(DataField field) : ParquetExportColumn(field)
    {
        private readonly List<string?> _values = [];

        public override bool IsText => true;

        public override void Add(NpgsqlDataReader reader, int ordinal) => _values.Add(reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal));

        public override async Task WriteAsync(ParquetRowGroupWriter group)
        {
            await group.WriteAsync(Field, _values!);
            _values.Clear();
        }
    }
}
