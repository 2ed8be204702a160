using Npgsql;

namespace Models.Database.Sessions;

/// <summary>
/// The server's answer to a statement, as its command tag says it. Source: PostgreSQL documentation, 54.7, CommandComplete.
/// </summary>
internal static class CommandTag
{
    public static StatementOutcome Of(NpgsqlBatchCommand command) => command.StatementType switch
    {
        StatementType.Select or StatementType.CreateTableAs => new("SELECT", (long)command.Rows),
        StatementType.Insert => new("INSERT 0", (long)command.Rows),
        StatementType.Merge => new("MERGE", (long)command.Rows),
        StatementType.Update => new("UPDATE", (long)command.Rows),
        StatementType.Delete => new("DELETE", (long)command.Rows),
        _ => new(FirstWords(command.CommandText), -1),
    };

    // the server's tag for a definition is its first words: CREATE VIEW, CREATE MATERIALIZED VIEW
    private static string FirstWords(string sql)
    {
        var words = sql.Split([' ', '\n'], 6, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["create", "or", "replace", var kind, ..] => $"CREATE {kind.ToUpperInvariant()}",
            ["create", "materialized", ..] => "CREATE MATERIALIZED VIEW",
            ["create", var kind, ..] => $"CREATE {kind.ToUpperInvariant()}",
            [var verb, ..] => verb.ToUpperInvariant(),
            _ => "OK",
        };
    }
}
