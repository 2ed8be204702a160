using Npgsql;

namespace Models.Runner.Database;

/// <summary>The server refused a statement of a plan.</summary>
internal sealed class StatementException(Statement statement, PostgresException inner)
    : Exception(inner.MessageText, inner)
{
    public Statement Statement { get; } = statement;

    public PostgresException Refusal { get; } = inner;
}
