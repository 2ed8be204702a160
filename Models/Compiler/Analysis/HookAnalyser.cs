using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Npgsql;

namespace Models.Compiler.Analysis;

/// <summary>
/// Renders hooks and lets PostgreSQL parse them. What they name may be there only at run time, so that nothing but their syntax is
/// judged; a hook that asks the database, or that is several statements, is only rendered.
/// </summary>
internal sealed class HookAnalyser(AnalysisScope scope)
{
    private static readonly string[] Settings = ["pre_hook", "pre-hook", "post_hook", "post-hook"];

    public async Task AnalyseAsync(CancellationToken cancellationToken)
    {
        var fresh = new List<(string Id, string Key, AnalysisStatement Statement)>();
        foreach (var (node, id, template) in Hooks())
        {
            var warehouse = new DeferringWarehouse();
            try
            {
                var sql = scope.Project.RenderText(template, node.Span, node, warehouse).Trim().TrimEnd(';');
                using var key = new AnalysisKey();
                var hash = key.Add(sql).Finish();
                if (warehouse.WasAsked || sql.Length == 0)
                    continue;

                if (scope.Cache.TryGet(id, hash, out var known))
                    scope.Cache.Keep(id, known);
                else
                    fresh.Add((id, hash, new AnalysisStatement(node, sql, 0)));
            }
            catch (DiagnosticException e)
            {
                if (!warehouse.WasAsked)
                    scope.Diagnostics.Add(e.Diagnostic);
            }
        }

        if (fresh.Count > 0)
            await ParseAsync(fresh, cancellationToken);
    }

    private async Task ParseAsync(List<(string Id, string Key, AnalysisStatement Statement)> hooks, CancellationToken cancellationToken)
    {
        var database = await scope.Server.DatabaseAsync(cancellationToken);
        var statements = hooks.ConvertAll(h => h.Statement with { Sql = database.Qualifier.Blank(h.Statement.Sql) });
        var wrong = (await database.DescribeAsync(statements, cancellationToken))
            .Where(r => r.Error.SqlState == PostgresErrorCodes.SyntaxError && r.Error.Position > 0)
            .ToDictionary(r => r.Statement.Sql, r => r.Error, StringComparer.Ordinal);
        for (var i = 0; i < hooks.Count; i++)
        {
            var (id, key, statement) = hooks[i];
            if (wrong.TryGetValue(statements[i].Sql, out var error))
                scope.Diagnostics.Add(SqlDiagnostics.Hook(statement.Owner.Span, NodeNames.Of(statement.Owner), error.MessageText.Replace('"', '\''), ""));
            else
                scope.Cache.Keep(id, new(key, AnalysedNode.Without(AnalysisState.Analysed), []));
        }
    }

    private IEnumerable<(Node Node, string Id, string Template)> Hooks()
    {
        foreach (var node in scope.Project.Graph.InOrder)
        {
            if (node is OperationNode operation)
            {
                yield return (node, $"hook.{node.UniqueId}", operation.Source.Text);
            }
            else if (node is ModelNode or SeedNode or SnapshotNode)
            {
                var number = 0;
                foreach (var template in Settings.SelectMany(setting => Templates(node, setting)))
                    yield return (node, $"hook.{node.UniqueId}.{number++}", template);
            }
        }
    }

    /// <summary>A hook is a text, or a mapping with its <c>sql</c>; a setting holds one or a list of them.</summary>
    private static IEnumerable<string> Templates(Node node, string setting)
    {
        if (!node.Config.TryGet(setting, out var value) || value is null)
            return [];

        var items = value is string || MappingValue.Entries(value).Any() ? [value] : MappingValue.Items(value);
        return items.Select(item => item as string ?? MappingValue.Value(item, "sql") as string).OfType<string>();
    }
}
