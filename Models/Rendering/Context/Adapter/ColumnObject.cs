using System.Globalization;
using System.Text.RegularExpressions;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>A column in templates. Source: docs.getdbt.com/reference/dbt-classes#column.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="DataType">The type without its modifiers.</param>
/// <param name="CharSize">The length of a text type with a declared length.</param>
/// <param name="NumericPrecision">The total digits of a numeric with a declared precision.</param>
/// <param name="NumericScale">The digits after the decimal point.</param>
internal sealed partial record ColumnObject(string Name, string DataType, long? CharSize = null, long? NumericPrecision = null, long? NumericScale = null)
    : IJinjaObject
{
    /// <summary>The class itself: <c>api.Column</c>.</summary>
    public static HostClass Class { get; } = new("Column",
        "Column(column, dtype, char_size?, numeric_precision?, numeric_scale?)",
        a => new ColumnObject(a.Text(0), a.Text(1), a[2] as long?, a[3] as long?, a[4] as long?),
        new("create(name, label_or_dtype)", a => new ColumnObject(a.Text(0), TranslateType(a.Text(1)))),
        new("translate_type(dtype)", a => TranslateType(a.Text(0))),
        new("string_type(size)", a => StringType(a.Integer(0, otherwise: 0))),
        new("numeric_type(dtype, precision?, scale?)", a => NumericType(a.Text(0), a[1], a[2])),
        new("from_description(name, raw_data_type)", a => Parse(a.Text(0), a.Text(1))));

    /// <summary>The type with its modifiers.</summary>
    public string FullType
    {
        get
        {
            if (IsString)
                return DataType == "text" || CharSize is null ? DataType : StringType(CharSize.Value);

            return IsNumeric ? NumericType(DataType, NumericPrecision, NumericScale) : DataType;
        }
    }

    public bool IsString => DataType.ToLowerInvariant() is "text" or "character varying" or "character" or "varchar";

    public bool IsNumeric => DataType.ToLowerInvariant() is "numeric" or "decimal";

    private bool IsInteger => DataType.ToLowerInvariant() is "smallint" or "integer" or "bigint" or "smallserial" or "serial" or "bigserial"
        or "int2" or "int4" or "int8" or "serial2" or "serial4" or "serial8";

    private bool IsFloat => DataType.ToLowerInvariant() is "real" or "float4" or "float" or "double precision" or "float8" or "double";

    /// <param name="name">The column's name.</param>
    /// <param name="type">PostgreSQL's spelling with modifiers, for example <c>numeric(10,2)</c>.</param>
    public static ColumnObject Parse(string name, string type)
    {
        var match = Modifiers().Match(type);
        if (!match.Success)
            return new ColumnObject(name, type);

        var bare = match.Groups["name"].Value + match.Groups["rest"].Value;
        var first = long.Parse(match.Groups["first"].Value, CultureInfo.InvariantCulture);
        var column = new ColumnObject(name, bare);
        if (column.IsString)
            return column with { CharSize = first };

        if (column.IsNumeric)
            return column with { NumericPrecision = first, NumericScale = match.Groups["second"].Success
                ? long.Parse(match.Groups["second"].Value, CultureInfo.InvariantCulture)
                : 0 };

        return new ColumnObject(name, type);
    }

    public static string TranslateType(string type) => type.Equals("STRING", StringComparison.OrdinalIgnoreCase) ? "TEXT" : type;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" or "column" => Name,
            "quoted" => Relation.Quote(Name),
            "dtype" => DataType,
            "data_type" or "expanded_data_type" => FullType,
            "char_size" => CharSize,
            "numeric_precision" => NumericPrecision,
            "numeric_scale" => NumericScale,
            "is_string" => new HostFunction("is_string()", _ => IsString),
            "is_numeric" => new HostFunction("is_numeric()", _ => IsNumeric),
            "is_integer" => new HostFunction("is_integer()", _ => IsInteger),
            "is_float" => new HostFunction("is_float()", _ => IsFloat),
            "is_number" => new HostFunction("is_number()", _ => IsNumeric || IsInteger || IsFloat),
            "string_size" =>
                new HostFunction("string_size()", a => IsString ? Size : throw a.Context.ValueError($"the column '{Name}' is no text and has no length")),
            "can_expand_to" => new HostFunction("can_expand_to(other_column)", a => a[0] is ColumnObject other && CanExpandTo(other)),
            "literal" => new HostFunction("literal(value)", a => $"{a.Text(0)}::{FullType}"),
            _ => Class.TryGetAttribute(name, out var member) ? member : null,
        };
        return value is not null || name is "char_size" or "numeric_precision" or "numeric_scale";
    }

    public bool CanExpandTo(ColumnObject other) => IsString && other.IsString && other.Size > Size;

    public override string ToString() => $"<Column {Name} ({FullType})>";

    // dbt's assumption for a text type without a declared length
    private long Size => CharSize ?? 256;

    private static string StringType(long size) => $"character varying({size})";

    private static string NumericType(string type, object? precision, object? scale) =>
        precision is null || scale is null ? type : $"{type}({PythonText.Str(precision)},{PythonText.Str(scale)})";

    [GeneratedRegex(@"^(?<name>[^(]+?)\((?<first>\d+)(,\s*(?<second>\d+))?\)(?<rest>.*)$")]
    private static partial Regex Modifiers();
}
