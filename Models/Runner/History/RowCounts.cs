using Models.Project.Graph;
using Npgsql;

namespace Models.Runner.History;

/// <summary>How many rows each relation has after a run built it. Views are not counted: that would be to run them.</summary>
internal static class RowCounts
{
    private const string Insert = "insert into leadline.row_counts (invocation_id, unique_id, relation, row_count)";

    /// <summary>Counts and keeps, for a run that is kept already, in one transaction.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, RunSummary summary, CancellationToken cancellationToken)
    {
        var built = summary.Results.Where(IsCounted).ToList();
        var known = built.Where(r => Known(r) is not null).ToList();
        await using var batch = new NpgsqlBatch(connection);
        if (known.Count > 0)
        {
            batch.BatchCommands.Add(RunHistory.Command(
                $"{Insert} select $1, * from unnest($2, $3, $4)",
                summary.InvocationId,
                known.Select(r => r.Node.UniqueId).ToArray(),
                known.Select(NameOf).ToArray(),
                known.Select(r => Known(r)!.Value).ToArray()));
        }

        foreach (var result in await ExistingAsync(connection, [.. built.Where(r => Known(r) is null)], cancellationToken))
            batch.BatchCommands.Add(
                RunHistory.Command($"{Insert} select $1, $2, $3, count(*) from {NameOf(result)}", summary.InvocationId, result.Node.UniqueId, NameOf(result)));

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool IsCounted(NodeResult result) =>
        result is { Status: NodeStatus.Success or NodeStatus.PartialSuccess, Node: SeedNode or SnapshotNode or ModelNode { Materialized: not "view" } };

    // a table made whole has the rows that the server said it wrote
    private static long? Known(NodeResult result) =>
        result is { Command: "SELECT", RowsAffected: >= 0 and var rows, Node: ModelNode { Materialized: "table" } } ? rows : null;

    // a materialization of the project's own may make no relation
    private static async Task<IReadOnlyList<NodeResult>> ExistingAsync(
        NpgsqlConnection connection, IReadOnlyList<NodeResult> results, CancellationToken cancellationToken)
    {
        if (results.Count == 0)
            return [];

        await using var command = new NpgsqlCommand(
            "select array_agg(pg_catalog.to_regclass(name) is not null order by place) from unnest($1) with ordinality as r (name, place)", connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. results.Select(NameOf)] } },
        };
        var exists = (bool[])(await command.ExecuteScalarAsync(cancellationToken))!;
        return [.. results.Where((_, i) => exists[i])];
    }

    private static string NameOf(NodeResult result) => ((RelationNode)result.Node).Relation.QuotedName;
}
