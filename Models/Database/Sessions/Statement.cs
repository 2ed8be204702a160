namespace Models.Database.Sessions;

/// <summary>One SQL statement on its way to the server.</summary>
/// <param name="Sql">The statement, without a semicolon at its end.</param>
public sealed record Statement(string Sql)
{
    /// <summary>Where in <see cref="Sql"/> the node's own rendered SQL begins, so that an error can be placed in its template; -1 where it has none.</summary>
    public int NodeSqlOffset { get; init; } = -1;

    /// <summary>True for the statement whose row count is the node's.</summary>
    public bool IsMain { get; init; }

    /// <summary>True where the text is a person's (a hook) and may hold several statements.</summary>
    public bool IsUserSql { get; init; }

    /// <summary>Gives the text when the statement's turn comes, where it depends on what the statements before it did; an empty text is not sent.</summary>
    public Func<string>? Render { get; init; }

    public static implicit operator Statement(string sql) => new(sql);

    /// <summary>A statement built around a node's rendered SQL.</summary>
    public static Statement Around(string before, string nodeSql, string after, bool isMain = true) =>
        new(before + nodeSql + after) { NodeSqlOffset = before.Length, IsMain = isMain };
}
