using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Project.Store;
using Npgsql;

namespace Models.Analysis;

/// <summary>
/// Renders hooks and lets PostgreSQL analyse their statements without running them. A hook may use names that exist only at run time, so that only
/// columns of known relations and near misses of the project's relations are reported; a hook that queries the database is only rendered.
/// </summary>
internal sealed class HookAnalyser(AnalysisScope scope, RelationStore store, SqlErrorReader errors)
{
    public async Task AnalyseAsync(CancellationToken cancellationToken)
    {
        var fresh = new List<Hook>();
        foreach (var (node, id, template) in Hooks())
        {
            if (Render(node, id, template) is not { } hook)
                continue;

            if (scope.Cache.TryGet(id, hook.Key, out var known))
                scope.Cache.Keep(id, known);
            else
                fresh.Add(hook);
        }

        if (fresh.Count > 0)
            await AnalyseAsync(fresh, cancellationToken);
    }

    private Hook? Render(Node node, string id, string template)
    {
        var connection = new DeferringConnection();
        try
        {
            var sql = scope.Project.RenderHook(template, node, connection);
            var key = new DigestBuilder();
            key.Add(sql.Text);

            // the hook may use the node itself and the nodes it reads
            if (scope.Results.TryGetValue(node.UniqueId, out var own))
                AnalysisScope.AddColumns(key, own.Columns);
            scope.AddParents(key, node);
            return connection.WasAsked || string.IsNullOrWhiteSpace(sql.Text) ? null : new Hook(node, id, sql, key.Finish());
        }
        catch (DiagnosticException e)
        {
            if (!connection.WasAsked)
                scope.Diagnostics.Add(e.Diagnostic);
            return null;
        }
    }

    private async Task AnalyseAsync(List<Hook> hooks, CancellationToken cancellationToken)
    {
        var database = await scope.Server.DatabaseAsync(cancellationToken);
        await store.EnsureAsync(database, hooks.SelectMany(RelationsNamed), cancellationToken);
        var owners = new Dictionary<AnalysisStatement, (Hook Hook, int Offset)>(ReferenceEqualityComparer.Instance);
        foreach (var hook in hooks)
        {
            foreach (var (sql, offset) in SqlStatements.Split(hook.Sql.Text))
                owners.Add(new AnalysisStatement(hook.Node, database.Qualifier.Blank(sql), 0), (hook, offset));
        }

        var wrong = new HashSet<Hook>();
        var created = Holding("create");
        var altered = Holding("alter");
        var found = await database.DescribeAsync([.. owners.Keys], cancellationToken);
        await errors.PrepareAsync(database, found, cancellationToken);
        foreach (var refused in found)
        {
            var (hook, offset) = owners[refused.Statement];
            if (!IsMistake(refused.Error, created, altered))
                continue;

            wrong.Add(hook);
            scope.Diagnostics.Add(
                errors.Read(refused with { Statement = refused.Statement with { Offset = -offset } }, hook.Sql.Text, hook.Sql.Map, NameOf(hook.Node)));
        }

        foreach (var hook in hooks.Where(h => !wrong.Contains(h)))
            scope.Cache.Keep(hook.Id, new(hook.Key, AnalysedNode.Without(AnalysisState.Analysed), []));

        List<string> Holding(string word) => hooks.ConvertAll(h => h.Sql.Text).FindAll(sql => sql.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static string NameOf(Node node) => node is OperationNode ? $"the {NodeNames.Of(node)}" : $"a hook of {NodeNames.Of(node)}";

    private IEnumerable<RelationNode> RelationsNamed(Hook hook) =>
        scope.RelationsRead(hook.Node).Concat(hook.Node is RelationNode own && scope.Results.ContainsKey(own.UniqueId) ? [own] : []);

    /// <summary>True for errors that cannot be caused by objects that another hook or the run creates.</summary>
    private bool IsMistake(PostgresException error, List<string> creating, List<string> altering) => error.Position > 0 && error.SqlState switch
    {
        PostgresErrorCodes.UndefinedColumn when SqlErrorReader.ColumnName(error.MessageText) is { } column => !AreNamed(column, altering),
        PostgresErrorCodes.SyntaxError or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.AmbiguousColumn
            or PostgresErrorCodes.GroupingError or PostgresErrorCodes.DatatypeMismatch => true,
        PostgresErrorCodes.UndefinedTable when error.MessageText.Split('"') is [_, var name, ..] =>
            !AreNamed(name, creating)
            && NearName.Find(name, scope.Project.Graph.InOrder.OfType<RelationNode>()
                .Where(n => n is not TestNode).Select(n => $"{n.Relation.Schema}.{n.Relation.Identifier}")) is { } near
            && near != name,
        _ => false,
    };

    private static bool AreNamed(string name, List<string> hooks) =>
        hooks.Exists(sql => sql.Contains(name[(name.LastIndexOf('.') + 1)..], StringComparison.OrdinalIgnoreCase));

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
                foreach (var template in HookTemplates.Of(node))
                    yield return (node, $"hook.{node.UniqueId}.{number++}", template);
            }
        }
    }

    private sealed record Hook(Node Node, string Id, RenderedTemplate Sql, Digest Key);
}
