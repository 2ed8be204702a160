using Models.Database.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Models.Database.History;

/// <summary>
/// Every run and the result of each of its nodes, kept in schema <c>leadline</c> of the target, so that freshness and test results can be
/// queried in the warehouse.
/// </summary>
public static class HistoryWriter
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
    /// <exception cref="System.Data.Common.DbException">The server refused to write the history; the run itself is not affected.</exception>
    public static async Task WriteAsync(Session session, RunRecord run, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(await session.ConnectedAsync(cancellationToken));
        batch.BatchCommands.Add(Command(
            InsertRun, run.InvocationId, run.Project, run.Verb, run.TargetSchema, run.StartedAt.UtcDateTime, run.Elapsed, run.Success, run.Cancelled));
        batch.BatchCommands.Add(NodeResults(run));
        batch.BatchCommands.Add(TestResults(run));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand NodeResults(RunRecord run)
    {
        var insert = Command(InsertResults, run.InvocationId);
        Add(insert, NpgsqlDbType.Text, run.Nodes.Select(n => n.UniqueId));
        Add(insert, NpgsqlDbType.Text, run.Nodes.Select(n => n.ResourceType));
        Add(insert, NpgsqlDbType.Text, run.Nodes.Select(n => n.Relation));
        Add(insert, NpgsqlDbType.Text, run.Nodes.Select(n => n.Status));
        Add(insert, NpgsqlDbType.Text, run.Nodes.Select(n => n.Message));
        Add(insert, NpgsqlDbType.TimestampTz, run.Nodes.Select(n => n.StartedAt.UtcDateTime));
        Add(insert, NpgsqlDbType.Interval, run.Nodes.Select(n => n.Elapsed));
        Add(insert, NpgsqlDbType.Bigint, run.Nodes.Select(n => n.RowsAffected));
        Add(insert, NpgsqlDbType.Bigint, run.Nodes.Select(n => n.Failures));
        return insert;
    }

    private static NpgsqlBatchCommand TestResults(RunRecord run)
    {
        var insert = Command(InsertTests, run.InvocationId);
        Add(insert, NpgsqlDbType.Text, run.Tests.Select(t => t.UniqueId));
        Add(insert, NpgsqlDbType.Text, run.Tests.Select(t => t.Type));
        Add(insert, NpgsqlDbType.Text, run.Tests.Select(t => t.Node));
        Add(insert, NpgsqlDbType.Text, run.Tests.Select(t => t.Column));
        Add(insert, NpgsqlDbType.Text, run.Tests.Select(t => t.Status));
        Add(insert, NpgsqlDbType.Bigint, run.Tests.Select(t => t.Failures));
        Add(insert, NpgsqlDbType.Text, run.Tests.Select(t => t.Message));
        Add(insert, NpgsqlDbType.TimestampTz, run.Tests.Select(t => t.CompletedAt.UtcDateTime));
        return insert;
    }

    internal static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
