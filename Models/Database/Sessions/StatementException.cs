using Npgsql;

namespace Models.Database.Sessions;

/// <summary>The server refused a statement.</summary>
public sealed class StatementException : Exception
{
    internal StatementException(Statement statement, PostgresException refusal)
        : base(refusal.MessageText, refusal)
    {
        Statement = statement;
        Refusal = refusal;
    }

    public Statement Statement { get; }

    /// <summary>The statement reads a relation or a schema that does not exist.</summary>
    public bool IsMissingRelation => Refusal.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName;

    /// <summary>The schema to create exists: another session created it at the same moment.</summary>
    public bool IsDuplicateSchema => Refusal.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema;

    /// <summary>The columns of a view differ from those that it has, so that it cannot be replaced in place.</summary>
    public bool ChangesViewColumns => Refusal.SqlState == PostgresErrorCodes.InvalidTableDefinition;

    internal PostgresException Refusal { get; }
}
