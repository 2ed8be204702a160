using Models.Project.Graph;
using Npgsql;
using NpgsqlTypes;

namespace Models.Runner.History;

/// <summary>
/// Every run and what became of its nodes, kept in schema <c>leadline</c> of the target, so that the warehouse itself can say how
/// fresh and how sound it is.
/// </summary>
internal static class RunHistory
{
    private const string InsertRun = "insert into leadline.runs values ($1, $2, $3, $4, $5, $6, $7, $8)";

    private const string InsertResults =
        """
        insert into leadline.node_results
        select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string InsertTests =
        """
        insert into leadline.test_results
        select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9)
        """;

    /// <summary>Writes a finished run, in one transaction.</summary>
    /// <exception cref="NpgsqlException">The target does not let us; the run itself is done all the same.</exception>
    public static async Task WriteAsync(
        NpgsqlConnection connection, string project, string targetSchema, RunVerb verb, RunSummary summary, CancellationToken cancellationToken)
    {
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
        batch.BatchCommands.Add(TestResults(summary));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand TestResults(RunSummary summary)
    {
        var results = summary.Results.Where(r => r.Node is TestNode or UnitTestNode).ToList();
        var insert = Command(InsertTests, summary.InvocationId);
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Node.UniqueId));
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Node is TestNode test ? test.TestName ?? "singular" : "unit"));
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Node is TestNode test ? test.AttachedNode : ((UnitTestNode)r.Node).Model));
        Add(insert, NpgsqlDbType.Text, results.Select(r => (r.Node as TestNode)?.ColumnName));
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Status.Word()));
        Add(insert, NpgsqlDbType.Bigint, results.Select(r => r.Failures));
        Add(insert, NpgsqlDbType.Text, results.Select(r => r.Message.Length == 0 ? null : r.Message));
        Add(insert, NpgsqlDbType.TimestampTz, results.Select(r => r.CompletedAt.UtcDateTime));
        return insert;
    }

    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
