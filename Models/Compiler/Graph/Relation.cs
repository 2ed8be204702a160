namespace Models.Compiler.Graph;

/// <summary>A table, view or materialised view in a database, as <c>"database"."schema"."identifier"</c>.</summary>
public sealed record Relation(string Database, string Schema, string Identifier)
{
    /// <summary>Schema and identifier, quoted: what statements of ours use inside one database.</summary>
    public string QuotedName => $"{Quote(Schema)}.{Quote(Identifier)}";

    /// <summary>All three parts, quoted: what a template prints for <c>{{ ref('x') }}</c>.</summary>
    public override string ToString() => $"{Quote(Database)}.{Quote(Schema)}.{Quote(Identifier)}";

    /// <summary>A PostgreSQL quoted identifier. Source: PostgreSQL documentation, 4.1.1.</summary>
    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"")}\"";
}
