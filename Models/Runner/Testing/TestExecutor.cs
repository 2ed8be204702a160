using Models.Runner.Database;
using Models.Runner.Materializations;
using Npgsql;

namespace Models.Runner.Testing;

/// <summary>Runs data tests and judges them by their severity and thresholds.</summary>
internal static class TestExecutor
{
    public static async Task<NodeOutcome> RunAsync(Session session, CompiledTest test, CancellationToken cancellationToken)
    {
        string? stored = null;
        if (test.StoresFailures)
        {
            await StoreAsync(session, test, cancellationToken);
            stored = test.Node.Relation.QuotedName;
        }

        var query = test.Query(stored);
        await using var command = new NpgsqlCommand(query.Sql, await session.OpenAsync(cancellationToken));
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return Judge(test, reader, stored) with { RunSql = query.Sql };
        }
        catch (PostgresException refusal)
        {
            throw new StatementException(query, refusal);
        }
    }

    /// <summary>
    /// Runs tests in one round-trip. Where one of them is refused, none has an outcome: each is then run alone, so that each has
    /// its own error.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, (CompiledTest Test, NodeOutcome Outcome)>> TryRunTogetherAsync(
        Session session, IReadOnlyList<CompiledTest> tests, CancellationToken cancellationToken)
    {
        var outcomes = new Dictionary<string, (CompiledTest, NodeOutcome)>(StringComparer.Ordinal);
        if (tests.Count == 0)
            return outcomes;

        try
        {
            await using var batch = new NpgsqlBatch(await session.OpenAsync(cancellationToken));
            foreach (var test in tests)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(test.Query().Sql));

            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            for (var i = 0; i < tests.Count; i++)
            {
                await reader.ReadAsync(cancellationToken);
                outcomes[tests[i].Node.UniqueId] = (tests[i], Judge(tests[i], reader, stored: null) with { RunSql = batch.BatchCommands[i].CommandText });
                await reader.NextResultAsync(cancellationToken);
            }
        }
        catch (NpgsqlException)
        {
            return new Dictionary<string, (CompiledTest, NodeOutcome)>(StringComparer.Ordinal);
        }

        return outcomes;
    }

    /// <summary>Runs a test by templates, where the project has replaced a part of what tests are made of.</summary>
    public static async Task<NodeOutcome> RunAsync(
        RunContext run, Session session, RunWarehouse warehouse, CustomMaterialization materialization, CompiledTest test, CancellationToken cancellationToken)
    {
        var row = await materialization.TestAsync(run.Project, test.Node, test.Sql, session, warehouse, cancellationToken);
        if (row is not [var failures, var warns, var fails, ..])
            throw new RunException(
                $"The query of test '{test.Node.Name}' returns {row.Count} columns where failures, should_warn and should_error are wanted.");

        return Judge(test, ConfigValues.Integer(failures) ?? 0, warns is true, fails is true, measured: null, test.StoresFailures
            ? test.Node.Relation.QuotedName
            : null);
    }

    private static NodeOutcome Judge(CompiledTest test, NpgsqlDataReader reader, string? stored)
    {
        var failures = reader.IsDBNull(0) ? 0 : Convert.ToInt64(reader.GetValue(0));
        var measured = CompiledTest.Measures(test.Node) && !reader.IsDBNull(3) ? reader.GetString(3) : null;
        return Judge(test, failures, reader.GetBoolean(1), reader.GetBoolean(2), measured, stored);
    }

    private static NodeOutcome Judge(CompiledTest test, long failures, bool warns, bool fails, string? measured, string? stored)
    {
        var where = stored is null ? "" : $"; see them: select * from {stored}";
        measured = measured is null ? null : measured + where;
        if (test.Node.Severity == "error" && fails)
            return Found(NodeStatus.Fail, failures, measured ?? $"Got {Results(failures)}, configured to fail if {test.ErrorIf}{where}");

        return warns
            ? Found(
                test.WarningFails ? NodeStatus.Fail : NodeStatus.Warn,
                failures,
                measured ?? $"Got {Results(failures)}, configured to {(test.WarningFails ? "fail" : "warn")} if {test.WarnIf}{where}")
            : Found(NodeStatus.Pass, failures: 0, "");
    }

    private static NodeOutcome Found(NodeStatus status, long failures, string message) =>
        new(status, message) { Failures = failures, Command = "SELECT", Rows = 1 };

    private static string Results(long count) => count == 1 ? "1 result" : $"{count} results";

    private static async Task StoreAsync(Session session, CompiledTest test, CancellationToken cancellationToken)
    {
        var relation = test.Node.Relation;
        var old = await new StoredFailures(session).FindTypeAsync(relation, cancellationToken);
        var statements = new List<Statement>();
        if (old is not null)
            statements.Add(Replacement.Drop(old, relation, cascade: true));

        statements.Add(Statement.Around($"create {test.StoreAs} {relation.QuotedName} as (\n", test.Sql, "\n)", isMain: false));
        await session.InTransactionAsync(statements, cancellationToken);
    }
}
