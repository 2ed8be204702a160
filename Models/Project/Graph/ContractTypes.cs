using System.Globalization;

namespace Models.Project.Graph;

/// <summary>
/// Which types a model's contract takes for one. dbt compares what its driver calls a column, which knows one kind of text and one
/// kind of each number but bigint. Source: psycopg2's typecasts, PostgreSQL documentation 8.1 and 8.3.
/// </summary>
public static class ContractTypes
{
    /// <summary>True where a column of one type fulfils a contract that promises the other.</summary>
    /// <param name="promised">A type as PostgreSQL spells it, with or without modifiers.</param>
    /// <param name="produced">Likewise.</param>
    public static bool Agree(string promised, string produced) => Family(promised) == Family(produced);

    /// <summary>True where a value of one type may become another one when it is stored as the other, and the server does not say so.</summary>
    /// <param name="promised">The type that is stored, as PostgreSQL spells it.</param>
    /// <param name="produced">The type of the query's column; it agrees with the other.</param>
    public static bool Rounds(string promised, string produced)
    {
        if (WithoutModifier(promised) is "real" or "real[]")
            return WithoutModifier(produced) is "double precision" or "double precision[]";

        return FractionDigits(promised) is { } kept && !(FractionDigits(produced) <= kept);
    }

    /// <summary>Digits after the point that a type keeps where it is written with a modifier: of a numeric, or of a time's seconds.</summary>
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

    /// <summary><c>numeric(10,2)[]</c> without the part in parentheses.</summary>
    private static string WithoutModifier(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        var close = type.IndexOf(')', StringComparison.Ordinal);
        return open < 0 || close < open ? type : type[..open] + type[(close + 1)..];
    }
}
