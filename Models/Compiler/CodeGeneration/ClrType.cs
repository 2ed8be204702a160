using System.Collections.Frozen;

namespace Models.Compiler.CodeGeneration;

/// <summary>The .NET type to which Npgsql maps a PostgreSQL type. Source: Npgsql documentation, Supported Types and their Mappings.</summary>
/// <param name="Name">The C# name, without a question mark.</param>
/// <param name="IsValueType">True if null requires <see cref="Nullable{T}"/>.</param>
/// <param name="ReadAsText">True if the query casts the column to text, because Npgsql maps the type only with additional setup.</param>
internal sealed record ClrType(string Name, bool IsValueType, bool ReadAsText = false)
{
    private const string Types = "global::NpgsqlTypes.";

    private static readonly ClrType Text = new("string", IsValueType: false);
    private static readonly ClrType Cast = new("string", IsValueType: false, ReadAsText: true);

    private static readonly FrozenDictionary<string, ClrType> Scalars = new Dictionary<string, ClrType>(StringComparer.Ordinal)
    {
        ["boolean"] = Value("bool"),
        ["smallint"] = Value("short"),
        ["integer"] = Value("int"),
        ["bigint"] = Value("long"),
        ["numeric"] = Value("decimal"),
        ["real"] = Value("float"),
        ["double precision"] = Value("double"),
        ["money"] = Value("decimal"),
        ["text"] = Text,
        ["character varying"] = Text,
        ["character"] = Text,
        ["name"] = Text,
        ["json"] = Text,
        ["jsonb"] = Text,
        ["xml"] = Text,
        ["uuid"] = Value("global::System.Guid"),
        ["bytea"] = Reference("byte[]"),
        ["date"] = Value("global::System.DateOnly"),
        ["timestamp without time zone"] = Value("global::System.DateTime"),
        ["timestamp with time zone"] = Value("global::System.DateTime"),
        ["time without time zone"] = Value("global::System.TimeOnly"),
        ["time with time zone"] = Value("global::System.DateTimeOffset"),
        ["interval"] = Value(Types + "NpgsqlInterval"),
        ["bit"] = Reference("global::System.Collections.BitArray"),
        ["bit varying"] = Reference("global::System.Collections.BitArray"),
        ["inet"] = Reference("global::System.Net.IPAddress"),
        ["cidr"] = Value("global::System.Net.IPNetwork"),
        ["macaddr"] = Reference("global::System.Net.NetworkInformation.PhysicalAddress"),
        ["oid"] = Value("uint"),
        ["point"] = Value(Types + "NpgsqlPoint"),
        ["box"] = Value(Types + "NpgsqlBox"),
        ["circle"] = Value(Types + "NpgsqlCircle"),
        ["line"] = Value(Types + "NpgsqlLine"),
        ["lseg"] = Value(Types + "NpgsqlLSeg"),
        ["path"] = Value(Types + "NpgsqlPath"),
        ["polygon"] = Value(Types + "NpgsqlPolygon"),
        ["int4range"] = Range("int"),
        ["int8range"] = Range("long"),
        ["numrange"] = Range("decimal"),
        ["daterange"] = Range("global::System.DateOnly"),
        ["tsrange"] = Range("global::System.DateTime"),
        ["tstzrange"] = Range("global::System.DateTime"),
        ["int4multirange"] = Multirange("int"),
        ["int8multirange"] = Multirange("long"),
        ["nummultirange"] = Multirange("decimal"),
        ["datemultirange"] = Multirange("global::System.DateOnly"),
        ["tsmultirange"] = Multirange("global::System.DateTime"),
        ["tstzmultirange"] = Multirange("global::System.DateTime"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="underlying">The type without modifiers and with domains resolved, from the analysis.</param>
    public static ClrType Of(string underlying)
    {
        if (Scalars.TryGetValue(underlying, out var scalar))
            return scalar;

        if (!underlying.EndsWith("[]", StringComparison.Ordinal))
            return Cast;

        // array elements may be null regardless of the column's constraints
        var element = underlying[..^2];
        var type = Scalars.GetValueOrDefault(element, Cast);
        return type.ReadAsText
            ? new ClrType("string?[]", IsValueType: false, ReadAsText: true)
            : new ClrType($"{type.Name}?[]", IsValueType: false);
    }

    private static ClrType Value(string name) => new(name, IsValueType: true);

    private static ClrType Reference(string name) => new(name, IsValueType: false);

    private static ClrType Range(string element) => Value($"{Types}NpgsqlRange<{element}>");

    private static ClrType Multirange(string element) => Reference($"{Types}NpgsqlRange<{element}>[]");
}
