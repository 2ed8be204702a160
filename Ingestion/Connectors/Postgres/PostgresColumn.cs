using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Ingestion.Connectors.Values;
using Models.Contracts;

namespace Ingestion.Connectors.Postgres;

/// <summary>
/// A column of a query in COPY's binary format. A column whose type is that of its field is sent as it is; every other one as its text, which is then parsed.
/// Sources: PostgreSQL documentation, COPY, "Binary Format"; pg_type.dat for the types' numbers; each type's send function.
/// </summary>
internal abstract class PostgresColumn(FieldKind kind)
{
    private const string LastDay = "9999-12-31";
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    protected FieldKind Kind { get; } = kind;

    /// <summary>The type whose largest values .NET does not have; null if it has all of them.</summary>
    protected virtual string? WiderType => null;

    /// <param name="type">The column's type, the number of its row in pg_type.</param>
    /// <param name="field">The field that the column fills.</param>
    /// <param name="options">The contract's options; a column is sent as text if they say how texts are read.</param>
    public static PostgresColumn For(uint type, ContractField field, ContractOptions options)
    {
        var kind = field.Type.Kind;
        return (type, kind) switch
        {
            _ when options.NullValues.Count > 0 || field.Format is not null => new TextColumn(kind, isText: false),
            (16, FieldKind.Boolean) => new BooleanColumn(kind),
            (20 or 21 or 23, FieldKind.BigInt or FieldKind.Integer or FieldKind.SmallInt) => new WholeColumn(kind),
            (25 or 1043, FieldKind.Text) => new TextColumn(kind, isText: true),
            (701, FieldKind.Double) => new DoubleColumn(kind),
            (1082, FieldKind.Date) => new DayColumn(kind),
            (1114, FieldKind.Timestamp) or (1184, FieldKind.TimestampTz) => new TimeColumn(kind),
            _ => new TextColumn(kind, isText: false),
        };
    }

    /// <summary>The column in the query.</summary>
    /// <param name="quoted">The column's name, quoted.</param>
    public virtual string Select(string quoted) => quoted;

    /// <summary>The condition of a value that .NET's type does not have, so that the column must be sent as text; null if there is none.</summary>
    public string? Beyond(string quoted) => WiderType is { } type
        ? $"{quoted} not between {type} '0001-01-01' and {type} '{LastDay}{(type == "date" ? "" : " 23:59:59.999999")}'"
        : null;

    /// <summary>The same column, sent as text.</summary>
    public PostgresColumn AsText() => new TextColumn(Kind, isText: false);

    /// <summary>Sets the value; returns false if its text must be parsed.</summary>
    public abstract bool TryTake(ReadOnlySpan<byte> bytes, ref FieldValue value);

    /// <summary>The text that the server writes for the value, with its times in UTC.</summary>
    /// <exception cref="DecoderFallbackException">The text is not UTF-8.</exception>
    public abstract string TextOf(ReadOnlySpan<byte> bytes);

    private sealed class TextColumn(FieldKind kind, bool isText) : PostgresColumn(kind)
    {
        public override string Select(string quoted) => isText ? quoted : $"{quoted}::text";

        public override bool TryTake(ReadOnlySpan<byte> bytes, ref FieldValue value) => isText && TypedValue.Take(TextOf(bytes), Kind, ref value);

        public override string TextOf(ReadOnlySpan<byte> bytes) => Utf8.GetString(bytes);
    }

    private sealed class BooleanColumn(FieldKind kind) : PostgresColumn(kind)
    {
        public override bool TryTake(ReadOnlySpan<byte> bytes, ref FieldValue value) => TypedValue.Take(bytes[0] != 0, Kind, ref value);

        public override string TextOf(ReadOnlySpan<byte> bytes) => bytes[0] != 0 ? "true" : "false";
    }

    private sealed class WholeColumn(FieldKind kind) : PostgresColumn(kind)
    {
        public override bool TryTake(ReadOnlySpan<byte> bytes, ref FieldValue value) => TypedValue.Take(Read(bytes), Kind, ref value);

        public override string TextOf(ReadOnlySpan<byte> bytes) => Read(bytes).ToString(Invariant);

        private static long Read(ReadOnlySpan<byte> bytes) => bytes.Length switch
        {
            sizeof(short) => BinaryPrimitives.ReadInt16BigEndian(bytes),
            sizeof(int) => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
    }

    private sealed class DoubleColumn(FieldKind kind) : PostgresColumn(kind)
    {
        public override bool TryTake(ReadOnlySpan<byte> bytes, ref FieldValue value) =>
            TypedValue.Take(BinaryPrimitives.ReadDoubleBigEndian(bytes), Kind, ref value);

        public override string TextOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadDoubleBigEndian(bytes) switch
        {
            double.NaN => "NaN",
            double.PositiveInfinity => "Infinity",
            double.NegativeInfinity => "-Infinity",
            var number => number.ToString(Invariant).Replace('E', 'e'),
        };
    }

    private sealed class DayColumn(FieldKind kind) : PostgresColumn(kind)
    {
        protected override string WiderType => "date";

        public override bool TryTake(ReadOnlySpan<byte> bytes, ref FieldValue value) => TypedValue.Take(Read(bytes), Kind, ref value);

        public override string TextOf(ReadOnlySpan<byte> bytes) => Read(bytes).ToString("yyyy-MM-dd", Invariant);

        private static DateOnly Read(ReadOnlySpan<byte> bytes) => DateOnly.FromDateTime(Epoch).AddDays(BinaryPrimitives.ReadInt32BigEndian(bytes));
    }

    private sealed class TimeColumn(FieldKind kind) : PostgresColumn(kind)
    {
        protected override string WiderType => Kind == FieldKind.TimestampTz ? "timestamptz" : "timestamp";

        public override bool TryTake(ReadOnlySpan<byte> bytes, ref FieldValue value) => TypedValue.Take(Read(bytes), Kind, ref value);

        public override string TextOf(ReadOnlySpan<byte> bytes) =>
            Read(bytes).ToString(Kind == FieldKind.TimestampTz ? "yyyy-MM-dd HH:mm:ss.FFFFFF+00" : "yyyy-MM-dd HH:mm:ss.FFFFFF", Invariant);

        private DateTime Read(ReadOnlySpan<byte> bytes)
        {
            var moment = Epoch.AddTicks(BinaryPrimitives.ReadInt64BigEndian(bytes) * TimeSpan.TicksPerMicrosecond);
            return Kind == FieldKind.TimestampTz ? moment : DateTime.SpecifyKind(moment, DateTimeKind.Unspecified);
        }
    }
}
