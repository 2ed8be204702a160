using Models.Analysis.UnitTests;
using Models.Database.Adapters;
using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Engine.Materializations;
using Models.Project.Graph;

namespace Models.Engine.Testing;

/// <summary>Runs a unit test: the model's SQL over given rows must come to the expected ones. Nothing in the target is changed.</summary>
internal static class UnitTestExecutor
{
    public static async Task<NodeOutcome> RunAsync(
        RunContext run, Session session, RunConnection connection, UnitTestNode test, CancellationToken cancellationToken)
    {
        await session.OpenAsync(cancellationToken);
        var unselectable = await EphemeralColumnsAsync(run, session, connection, test, cancellationToken);
        var query = new UnitTest(run.Project, test, node => unselectable.TryGetValue(node.UniqueId, out var columns)
            ? columns
            : [.. connection.ListColumns(run.Project.Relations.Of(node)).Select(c => (c.Name, c.DataType))]);
        var difference = query.Run(connection, static sql => sql);
        return difference is null
            ? new NodeOutcome(NodeStatus.Pass, "") { Failures = 0 }
            : new NodeOutcome(NodeStatus.Fail, difference) { Failures = 1 };
    }

    // an ephemeral model has no relation, so the server describes the columns of its query
    private static async Task<Dictionary<string, IReadOnlyList<(string Name, string Type)>>> EphemeralColumnsAsync(
        RunContext run, Session session, RunConnection connection, UnitTestNode test, CancellationToken cancellationToken)
    {
        var columns = new Dictionary<string, IReadOnlyList<(string, string)>>(StringComparer.Ordinal);
        if (!run.Project.Graph.TryGet(test.Model, out var model))
            return columns;

        foreach (var id in model.DependsOn)
        {
            if (run.Project.Graph.TryGet(id, out var parent) && parent is ModelNode { IsEphemeral: true })
                columns[id] = await DescribeAsync(session, run.Project.Compile(parent, connection).Sql, cancellationToken);
        }

        return columns;
    }

    private static async Task<IReadOnlyList<(string Name, string Type)>> DescribeAsync(Session session, string sql, CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync(["begin", $"create temporary view leadline_unit_test_input as (\n{sql}\n)"], cancellationToken);
            var columns = await TableColumns.ReadAsync(session, "pg_temp.leadline_unit_test_input", cancellationToken);
            return [.. columns.Select(c => (c.Name, c.Type))];
        }
        finally
        {
            await session.RollbackAsync();
        }
    }
}
