using System.Collections.Frozen;

namespace Models.Compiler.Predictions;

/// <summary>What a PostgreSQL type can be in a prediction.</summary>
internal static class ColumnKinds
{
    public const string Number = "number";
    public const string Category = "category";
    public const string Boolean = "boolean";

    public static readonly FrozenSet<string> WholeNumbers = FrozenSet.Create("smallint", "integer", "bigint");
    public static readonly FrozenSet<string> Numbers = FrozenSet.Create("smallint", "integer", "bigint", "numeric", "real", "double precision");
    public static readonly FrozenSet<string> Texts = FrozenSet.Create("text", "character varying", "character", "name");
    public static readonly FrozenSet<string> Times = FrozenSet.Create("date", "timestamp without time zone", "timestamp with time zone");

    /// <summary>Types that an entity's key may have.</summary>
    public static readonly FrozenSet<string> Keys = FrozenSet.Create([.. WholeNumbers, .. Texts, "uuid", "date"]);

    /// <summary>What a column of this type is where the declaration does not say; null where it can be no feature.</summary>
    public static string? Of(string type) =>
        Numbers.Contains(type) ? Number : type == "boolean" ? Boolean : Texts.Contains(type) || type is "enum" or "uuid" ? Category : null;

    /// <summary>Whether a column of this type can be declared as this kind: a whole number may stand for a category.</summary>
    public static bool Fits(string type, string kind) => Of(type) == kind || (kind == Category && (WholeNumbers.Contains(type) || type == "boolean"));
}
