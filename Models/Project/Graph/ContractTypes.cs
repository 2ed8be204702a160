using System.Globalization;

namespace Models.Project.Graph;

/// <summary>
/// Compares the types of model contracts. dbt compares the names that its driver gives to column types, which are the same for all text types and for
/// all sizes of a number type except bigint. Source: psycopg2's typecasts, PostgreSQL documentation 8.1 and 8.3.
/// </summary>
public static class ContractTypes
{
    /// <summary>True if a column of the produced type fulfils a contract with the promised type.</summary>
    /// <param name="promised">A type as PostgreSQL spells it, with or without modifiers.</param>
    /// <param name="produced">A type as PostgreSQL spells it, with or without modifiers.</param>
    public static bool Agree(string promised, string produced) => Family(promised) == Family(produced);

    /// <summary>True if storing a value of the produced type as the promised type may change it without an error from the server.</summary>
    /// <param name="promised">The stored type, as PostgreSQL spells it.</param>
    /// <param name="produced">The type of the query's column, which agrees with the promised type.</param>
    public static bool Rounds(string promised, string produced)
    {
        if (WithoutModifier(promised) is "real" or "real[]")
            return WithoutModifier(produced) is "double precision" or "double precision[]";

        return FractionDigits(promised) is { } kept && !(FractionDigits(produced) <= kept);
    }

    /// <summary>The number of fraction digits from the type's modifier, for a numeric or for a time's seconds; null without a modifier.</summary>
    private static int? FractionDigits(string type)
    {
        var modifier = type.Contains('(', StringComparison.Ordinal)
            ? type[(type.IndexOf('(', StringComparison.Ordinal) + 1)..type.IndexOf(')', StringComparison.Ordinal)].Split(',')
            : [];
        var name = WithoutModifier(type);
        if (modifier.Length > 0 && name is "numeric" or "numeric[]")
            return modifier.Length == 2 ? int.Parse(modifier[1], CultureInfo.InvariantCulture) : 0;

        return modifier.Length == 1 && (name.StartsWith("time", StringComparison.Ordinal) || name.StartsWith("interval", StringComparison.Ordinal))
            ? int.Parse(modifier[0], CultureInfo.InvariantCulture)
            : null;
    }

    private static string Family(string type)
    {
        var name = WithoutModifier(type);
        if (name.EndsWith("[]", StringComparison.Ordinal))
            return Family(name[..^2]) + "[]";

        return name switch
        {
            "character varying" or "character" or "bpchar" or "name" or "\"char\"" => "text",
            "smallint" => "integer",
            "real" => "double precision",
            "time with time zone" => "time without time zone",
            _ => name,
        };
    }

    /// <summary>Removes the modifier: <c>numeric(10,2)[]</c> becomes <c>numeric[]</c>.</summary>
    private static string WithoutModifier(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        var close = type.IndexOf(')', StringComparison.Ordinal);
        return open < 0 || close < open ? type : type[..open] + type[(close + 1)..];
    }
}
