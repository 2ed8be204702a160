namespace Models.Contracts;

/// <summary>Quotes identifiers for PostgreSQL.</summary>
public static class SqlIdentifier
{
    /// <summary>Quotes an identifier. Source: PostgreSQL documentation, 4.1.1.</summary>
    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"")}\"";
}
