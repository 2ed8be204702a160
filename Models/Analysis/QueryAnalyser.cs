using Models.Analysis.Diagnostics;
using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Store;
using Npgsql;

namespace Models.Analysis;

/// <summary>Checks nodes without relations: data tests and analyses. PostgreSQL analyses their queries without running them.</summary>
internal sealed class QueryAnalyser(AnalysisScope scope, RelationStore store, SqlErrorReader errors)
{
    private static readonly HashSet<string> ColumnTests = new(StringComparer.Ordinal) { "unique", "not_null" };

    /// <summary>Types without an equality operator, which <c>unique</c> needs for grouping. Source: PostgreSQL documentation, 8.14 and 8.13.</summary>
    private static readonly HashSet<string> Incomparable = new(StringComparer.Ordinal) { "json", "xml", "point", "polygon" };

    /// <summary>True for the common tests of one column, whose query is valid exactly if the column exists: they need no rendering.</summary>
    public static bool IsColumnTest(TestNode test) =>
        test is { TestName: { } name, ColumnName: not null, AttachedNode: not null }
        && ColumnTests.Contains(name)
        && test.DependsOnMacros.Contains($"macro.dbt.test_{name}")
        && string.IsNullOrEmpty(test.Config.GetString("where"))
        && test.Config.GetString("fail_calc") is (null or "count(*)");

    public async Task AnalyseAsync(CancellationToken cancellationToken)
    {
        var fresh = new List<(Node Node, Digest Key)>();
        foreach (var node in scope.Project.Graph.InOrder)
        {
            if (node is not (TestNode or AnalysisNode) || node.HasBrokenTemplate || scope.IsBlocked(node, out _))
                continue;

            if (node is TestNode test && IsColumnTest(test) && CheckColumn(test))
                continue;

            if (Prepare(node) is { } key)
                fresh.Add((node, key));
        }

        if (fresh.Count == 0)
            return;

        var database = await scope.Server.DatabaseAsync(cancellationToken);
        await store.EnsureAsync(database, fresh.SelectMany(f => scope.RelationsRead(f.Node)), cancellationToken);
        RenderThoseThatAsk(database, fresh, cancellationToken);

        var statements = fresh
            .Where(f => scope.Rendered[f.Node.UniqueId].Full is { } full && !string.IsNullOrWhiteSpace(full.Sql))
            .Select(f => RelationStatements.Query(f.Node, scope.Rendered[f.Node.UniqueId].Full!, database.Qualifier))
            .ToList();
        var found = await database.DescribeAsync(statements, cancellationToken);
        await errors.PrepareAsync(database, found, cancellationToken);
        var refused = found.ToDictionary(r => r.Statement.Owner.UniqueId, StringComparer.Ordinal);
        scope.AnalysedCount += statements.Count;
        foreach (var (node, key) in fresh)
        {
            if (refused.TryGetValue(node.UniqueId, out var error))
                scope.Diagnostics.Add(Read(node, error));
            else if (scope.Rendered[node.UniqueId].Full is { } full)
                scope.Cache.Keep(node.UniqueId, new(
                    key, AnalysedNode.Without(AnalysisState.Analysed), []) { Sql = scope.Rendered[node.UniqueId].AsksDatabase ? full.Sql : null });
        }
    }

    /// <summary>True if the column exists and has a comparable type.</summary>
    private bool CheckColumn(TestNode test)
    {
        if (!scope.Results.TryGetValue(test.AttachedNode!, out var result) || result.State != AnalysisState.Analysed)
            return true;

        // PostgreSQL checks quoted columns and expressions
        var name = test.ColumnName!;
        if (!name.All(c => char.IsLetterOrDigit(c) || c == '_'))
            return false;

        var column = result.Columns.FirstOrDefault(c => c.Name == Relation.Fold(name));
        if (column is null)
        {
            // the query may quote a name with capitals, so that the exact spelling may exist as well
            if (result.Columns.Any(c => c.Name == name))
                return false;

            scope.Diagnostics.Add(UnknownColumn(test, name));
            return true;
        }

        return !Incomparable.Contains(column.Underlying);
    }

    private Digest? Prepare(Node node)
    {
        var rendered = Rendered(node);
        if (rendered.Mistake is { } mistake)
        {
            scope.Diagnostics.Add(mistake);
            return null;
        }

        var key = new DigestBuilder();
        if (rendered.AsksDatabase)
            scope.AddAsking(key, node);
        else
            key.Add(rendered.SqlDigest.ToString());

        var hash = scope.AddParents(key, node).Finish();
        if (!scope.Cache.TryGet(node.UniqueId, hash, out var entry))
            return hash;

        scope.Cache.Keep(node.UniqueId, entry);
        return null;
    }

    private RenderedNode Rendered(Node node)
    {
        if (!scope.Rendered.TryGetValue(node.UniqueId, out var rendered))
            scope.Rendered[node.UniqueId] = rendered = scope.Renderer.RenderWithoutDatabase(node);

        return rendered;
    }

    private void RenderThoseThatAsk(AnalysisDatabase database, List<(Node Node, Digest Key)> fresh, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(fresh.Where(f => scope.Rendered[f.Node.UniqueId].AsksDatabase), options, f =>
        {
            using var connection = database.OpenForTemplates();
            var rendered = scope.Renderer.Render(f.Node, database.AdapterOn(connection));
            scope.Rendered[f.Node.UniqueId] = rendered;
            if (rendered.Mistake is { } mistake)
                scope.Diagnostics.Add(mistake);
        });
    }

    private Diagnostic Read(Node node, RefusedStatement refused)
    {
        if (node is not TestNode { TestName: not null } test)
            return errors.Read(refused, scope.Rendered[node.UniqueId].Full!.Sql, scope.Rendered[node.UniqueId].Full!.Map);

        // the SQL of a generic test comes from its macro, so that the error is reported at the user's declaration
        if (refused.Error.SqlState == PostgresErrorCodes.UndefinedColumn && test.ColumnName is { } column
            && refused.Error.MessageText.Contains(column, StringComparison.OrdinalIgnoreCase))
            return UnknownColumn(test, column);

        return SqlDiagnostics.Refused(test.Span, NodeNames.Of(test), refused.Error.MessageText.Replace('"', '\''), "");
    }

    private Diagnostic UnknownColumn(TestNode test, string column)
    {
        var attached = scope.Project.Graph[test.AttachedNode!];
        var near = NearName.Hint(column, scope.Results.TryGetValue(attached.UniqueId, out var result) ? result.Columns.Select(c => c.Name) : []);
        return SqlDiagnostics.TestColumn(test.Span, test.TestName!, column, NodeNames.Of(attached), near);
    }
}
