using Models.Compiler.Graph;
using Npgsql;
using NpgsqlTypes;

namespace Models.Runner.History;

/// <summary>
/// Every run and what became of its nodes, kept in schema <c>leadline</c> of the target, so that the warehouse itself can say how
/// fresh and how sound it is.
/// </summary>
internal static class RunHistory
{
    private const string Tables =
        """
        create schema if not exists leadline;
        create table if not exists leadline.runs (
            invocation_id uuid primary key,
            project text not null,
            verb text not null,
            target_schema text not null,
            started_at timestamptz not null,
            elapsed interval not null,
            success boolean not null,
            cancelled boolean not null);
        create table if not exists leadline.node_results (
            invocation_id uuid not null references leadline.runs,
            unique_id text not null,
            resource_type text not null,
            relation text,
            status text not null,
            message text,
            started_at timestamptz not null,
            elapsed interval not null,
            rows_affected bigint,
            failures bigint,
            primary key (invocation_id, unique_id));
        create index if not exists node_results_by_node on leadline.node_results (unique_id, started_at);
        """;

    private const string InsertRun = "insert into leadline.runs values ($1, $2, $3, $4, $5, $6, $7, $8)";

    private const string InsertResults =
        """
        insert into leadline.node_results
        select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    /// <summary>Writes a finished run, in one transaction.</summary>
    /// <exception cref="NpgsqlException">The target does not let us; the run itself is done all the same.</exception>
    public static async Task WriteAsync(
        NpgsqlConnection connection, string project, string targetSchema, RunVerb verb, RunSummary summary, CancellationToken cancellationToken)
    {
        await EnsureTablesAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        var results = summary.Results;
        batch.BatchCommands.Add(Command(
            InsertRun,
            summary.InvocationId,
            project,
            verb.ToString().ToLowerInvariant(),
            targetSchema,
            summary.StartedAt.UtcDateTime,
            summary.Elapsed,
            summary.Success,
            summary.Cancelled));
        var insert = Command(InsertResults, summary.InvocationId);
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Node.UniqueId));
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Node.ResourceType.Name()));
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Node is RelationNode relation and not TestNode ? relation.Relation.QuotedName : null));
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Status.Word()));
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Message.Length == 0 ? null : r.Message));
        Add(insert, NpgsqlDbType.TimestampTz, results.Select(r => r.StartedAt.UtcDateTime));
        Add(insert, NpgsqlDbType.Interval, results.Select(r => r.Elapsed));
        Add(insert, NpgsqlDbType.Bigint, results.Select(r => r.RowsAffected < 0 ? (long?)null : r.RowsAffected));
        Add(insert, NpgsqlDbType.Bigint, results.Select(r => r.Failures));
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task EnsureTablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('leadline.node_results') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
            return;

        try
        {
            await using var create = new NpgsqlCommand(Tables, connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException raced) when (raced.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable)
        {
            // a run into another schema made them at the same moment
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
