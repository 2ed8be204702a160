using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Models.Contracts;

namespace Ingestion.Connectors.Values;

/// <summary>One parsed value as a struct without allocations; the field's <see cref="FieldKind"/> determines the member that holds it.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FieldValue
{
    public bool IsNull;

    /// <summary>Whole numbers, booleans as 0 and 1, dates and times as ticks.</summary>
    public long Whole;

    /// <summary>Real and double precision.</summary>
    public double Floating;

    /// <summary>A numeric, unless <see cref="Text"/> holds it.</summary>
    public decimal Exact;

    /// <summary>Text, json and uuid; also a numeric with more digits than a decimal can hold, as sign, digits and decimal point.</summary>
    public string? Text;

    public readonly bool AsBoolean => Whole != 0;

    public readonly DateOnly AsDate => DateOnly.FromDateTime(new DateTime(Whole));

    public readonly DateTime AsTimestamp => new(Whole, DateTimeKind.Unspecified);

    public readonly DateTime AsUtc => new(Whole, DateTimeKind.Utc);

    /// <summary>Writes the canonical text in UTF-8; returns false if the target is too small.</summary>
    public readonly bool TryWriteText(FieldKind kind, Span<byte> target, out int length)
    {
        switch (kind)
        {
            case FieldKind.SmallInt or FieldKind.Integer or FieldKind.BigInt:
                return Whole.TryFormat(target, out length, default, CultureInfo.InvariantCulture);
            case FieldKind.Real or FieldKind.Double:
                return Floating.TryFormat(target, out length, default, CultureInfo.InvariantCulture);
            case FieldKind.Numeric when Text is null:
                return Exact.TryFormat(target, out length, default, CultureInfo.InvariantCulture);
            case FieldKind.Date:
                return AsDate.TryFormat(target, out length, "O", CultureInfo.InvariantCulture);
            case FieldKind.Boolean:
                return Encoding.UTF8.TryGetBytes(AsBoolean ? "true" : "false", target, out length);
            default:
                return Encoding.UTF8.TryGetBytes(ToText(kind), target, out length);
        }
    }

    /// <summary>The canonical text of the value, independent of the source's spelling.</summary>
    public readonly string ToText(FieldKind kind) => kind switch
    {
        FieldKind.Text or FieldKind.Json or FieldKind.Jsonb or FieldKind.Uuid => Text!,
        FieldKind.Boolean => AsBoolean ? "true" : "false",
        FieldKind.SmallInt or FieldKind.Integer or FieldKind.BigInt => Whole.ToString(CultureInfo.InvariantCulture),
        FieldKind.Numeric => Text ?? Exact.ToString(CultureInfo.InvariantCulture),
        FieldKind.Real or FieldKind.Double => Floating.ToString(CultureInfo.InvariantCulture),
        FieldKind.Date => AsDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldKind.Timestamp => AsTimestamp.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        FieldKind.TimestampTz => AsUtc.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
