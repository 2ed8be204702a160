namespace Models.Contracts;

/// <summary>How PostgreSQL writes the name of a table or column.</summary>
public static class SqlIdentifier
{
    /// <summary>A quoted identifier. Source: PostgreSQL documentation, 4.1.1.</summary>
    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"")}\"";
}
