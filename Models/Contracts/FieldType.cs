using System.Diagnostics.CodeAnalysis;

namespace Models.Contracts;

/// <summary>A field's PostgreSQL type. Source: PostgreSQL documentation, 8. Data Types.</summary>
/// <param name="Kind">How its text is parsed.</param>
/// <param name="Name">PostgreSQL's name of the type, as <c>format_type</c> returns it, for example <c>numeric(12,2)</c>.</param>
public sealed record FieldType(FieldKind Kind, string Name)
{
    private static readonly Dictionary<string, (FieldKind Kind, string Name)> Spellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = (FieldKind.Text, "text"),
        ["boolean"] = (FieldKind.Boolean, "boolean"),
        ["bool"] = (FieldKind.Boolean, "boolean"),
        ["smallint"] = (FieldKind.SmallInt, "smallint"),
        ["int2"] = (FieldKind.SmallInt, "smallint"),
        ["integer"] = (FieldKind.Integer, "integer"),
        ["int"] = (FieldKind.Integer, "integer"),
        ["int4"] = (FieldKind.Integer, "integer"),
        ["bigint"] = (FieldKind.BigInt, "bigint"),
        ["int8"] = (FieldKind.BigInt, "bigint"),
        ["numeric"] = (FieldKind.Numeric, "numeric"),
        ["decimal"] = (FieldKind.Numeric, "numeric"),
        ["real"] = (FieldKind.Real, "real"),
        ["float4"] = (FieldKind.Real, "real"),
        ["double precision"] = (FieldKind.Double, "double precision"),
        ["float8"] = (FieldKind.Double, "double precision"),
        ["date"] = (FieldKind.Date, "date"),
        ["timestamp"] = (FieldKind.Timestamp, "timestamp without time zone"),
        ["timestamp without time zone"] = (FieldKind.Timestamp, "timestamp without time zone"),
        ["timestamptz"] = (FieldKind.TimestampTz, "timestamp with time zone"),
        ["timestamp with time zone"] = (FieldKind.TimestampTz, "timestamp with time zone"),
        ["uuid"] = (FieldKind.Uuid, "uuid"),
        ["json"] = (FieldKind.Json, "json"),
        ["jsonb"] = (FieldKind.Jsonb, "jsonb"),
    };

    /// <summary>All spellings that <see cref="TryParse"/> accepts, for messages.</summary>
    public static IReadOnlyCollection<string> KnownSpellings => Spellings.Keys;

    /// <summary>Total digits of a numeric; null where any number of digits is allowed.</summary>
    public int? Precision { get; init; }

    /// <summary>Digits after the decimal point of a numeric that has a <see cref="Precision"/>.</summary>
    public int Scale { get; init; }

    public bool IsNumber => Kind is FieldKind.SmallInt or FieldKind.Integer or FieldKind.BigInt or FieldKind.Numeric
        or FieldKind.Real or FieldKind.Double;

    public bool IsTime => Kind is FieldKind.Date or FieldKind.Timestamp or FieldKind.TimestampTz;

    /// <summary>Parses a type in a contract: a name or alias, numeric with or without precision and scale.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FieldType? type)
    {
        type = null;
        text = text.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? text : text[..open].TrimEnd();
        if (!Spellings.TryGetValue(name, out var known))
            return false;

        type = new FieldType(known.Kind, known.Name);
        if (open < 0)
            return true;

        return known.Kind == FieldKind.Numeric && TryReadPrecision(text[open..], ref type);
    }

    /// <summary>Parses <c>(precision)</c> or <c>(precision, scale)</c>, within PostgreSQL's limits.</summary>
    private static bool TryReadPrecision(string text, ref FieldType type)
    {
        if (text is not ['(', .. var inner, ')'])
            return false;

        var parts = inner.Split(',');
        var scale = 0;
        if (parts.Length > 2 || !int.TryParse(parts[0], out var precision) || precision is < 1 or > 1000
            || (parts.Length == 2 && (!int.TryParse(parts[1], out scale) || scale < 0 || scale > precision)))
            return false;

        type = type with { Name = $"numeric({precision},{scale})", Precision = precision, Scale = scale };
        return true;
    }
}
