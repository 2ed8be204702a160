namespace Models.Compiler;

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
