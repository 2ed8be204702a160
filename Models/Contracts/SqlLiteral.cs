namespace Models.Contracts;

/// <summary>String constants in statements. Source: PostgreSQL documentation, 4.1.2. Constants.</summary>
public static class SqlLiteral
{
    /// <summary>Writes a string constant; uses the escape form if the text has backslashes, so that no server setting changes its meaning.</summary>
    public static string Of(string text)
    {
        var quoted = $"'{text.Replace("'", "''")}'";
        return text.Contains('\\') ? $"E{quoted.Replace("\\", "\\\\")}" : quoted;
    }
}
