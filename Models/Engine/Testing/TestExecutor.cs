using System.Data.Common;
using Models.Database;
using Models.Database.Adapters;
using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Engine.Materializations;

namespace Models.Engine.Testing;

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
        return await session.ReadRowAsync(query, row => Judge(test, row, stored) with { RunSql = query.Sql }, cancellationToken);
    }

    /// <summary>
    /// Runs tests in one round-trip. Where one of them is refused, none has an outcome: each is then run alone, so that each has
    /// its own error.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, (CompiledTest Test, NodeOutcome Outcome)>> TryRunTogetherAsync(
        Session session, IReadOnlyList<CompiledTest> tests, CancellationToken cancellationToken)
    {
        if (tests.Count == 0)
            return new Dictionary<string, (CompiledTest, NodeOutcome)>(StringComparer.Ordinal);

        List<Statement> queries = [.. tests.Select(t => t.Query())];
        var outcomes = await session.TryReadRowsTogetherAsync(
            queries, (i, row) => Judge(tests[i], row, stored: null) with { RunSql = queries[i].Sql }, cancellationToken);
        return (outcomes ?? []).Select((outcome, i) => (Test: tests[i], outcome)).ToDictionary(o => o.Test.Node.UniqueId, StringComparer.Ordinal);
    }

    /// <summary>Runs a test by templates, where the project has replaced a part of what tests are made of.</summary>
    public static async Task<NodeOutcome> RunAsync(
        RunContext run,
        Session session,
        RunConnection connection,
        CustomMaterialization materialization,
        CompiledTest test,
        CancellationToken cancellationToken)
    {
        var row = await materialization.TestAsync(run.Project, test.Node, test.Sql, session, connection, cancellationToken);
        if (row is not [var failures, var warns, var fails, ..])
            throw new RunException(
                $"The query of test '{test.Node.Name}' returns {row.Count} columns where failures, should_warn and should_error are wanted.");

        return Judge(test, ConfigValues.Integer(failures) ?? 0, warns is true, fails is true, measured: null, test.StoresFailures
            ? test.Node.Relation.QuotedName
            : null);
    }

    private static NodeOutcome Judge(CompiledTest test, DbDataReader reader, string? stored)
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
        var old = await CatalogQueries.FindTypeAsync(session, relation, cancellationToken);
        var statements = new List<Statement>();
        if (old is not null)
            statements.Add(RelationDdl.Drop(old, relation, cascade: true));

        var (before, after) = test.Limit is { } rows ? ("(\nselect * from (\n", $"\n) as dbt_internal_test\nlimit {rows}\n)") : ("(\n", "\n)");
        statements.Add(Statement.Around($"create {test.StoreAs} {relation.QuotedName} as {before}", test.Sql, after, isMain: false));
        await session.InTransactionAsync(statements, cancellationToken);
    }
}
