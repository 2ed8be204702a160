using System.Collections.Concurrent;
using Models.Analysis.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Analysis;

/// <summary>Analyses a whole project with PostgreSQL.</summary>
internal static class ProjectAnalysis
{
    /// <summary>Analyses all nodes; diagnostics and results are in the returned scope.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The connection to the server was lost.</exception>
    /// <exception cref="Postgres.Machine.PostgresServerException">No server is available.</exception>
    public static async Task<AnalysisScope> RunAsync(
        ParsedProject project,
        NodeRenderer renderer,
        ConcurrentDictionary<string, RenderedNode> rendered,
        AnalysisCache cache,
        AnalysisServer server,
        CancellationToken cancellationToken)
    {
        var scope = new AnalysisScope(project, renderer, new ConcurrentDictionary<string, RenderedNode>(rendered, StringComparer.Ordinal), cache, server)
        {
            SourceColumns = await SourceCatalog.FindAsync(project, cancellationToken),
        };
        var store = new RelationStore(scope);
        var errors = new SqlErrorReader(
            node => scope.RelationsRead(node).Select(r => r.UniqueId).Prepend(node.UniqueId)
                .SelectMany(id => scope.Results.TryGetValue(id, out var known) ? known.Columns : []).Select(c => c.Name).Distinct(),
            () => project.Graph.InOrder.OfType<RelationNode>().Where(n => n is not TestNode).Select(n => $"{n.Relation.Schema}.{n.Relation.Identifier}"),
            new FunctionNames());

        var relations = new RelationAnalyser(scope, store, errors);
        await relations.AnalyseAsync(cancellationToken);
        await new LineageStage(scope, store).ReadAsync(relations.Fresh, cancellationToken);
        await new QueryAnalyser(scope, store, errors).AnalyseAsync(cancellationToken);
        await new HookAnalyser(scope, store, errors).AnalyseAsync(cancellationToken);
        await new UnitTestAnalyser(scope, store).RunAsync(cancellationToken);

        foreach (var fresh in relations.Fresh.Where(f => !f.HasMistake))
        {
            var sql = fresh.Rendered is { AsksDatabase: true, Full: { } full } ? full.Sql : null;
            cache.Keep(fresh.Node.UniqueId, new(fresh.Key, scope.Results[fresh.Node.UniqueId], fresh.Warnings) { Sql = sql });
        }

        ReportHalfKnown(scope, relations.HalfKnownSources);
        foreach (var node in project.Graph.InOrder.OfType<RelationNode>())
        {
            if (scope.Results.TryGetValue(node.UniqueId, out var result) && result is { State: AnalysisState.Analysed })
            {
                foreach (var diagnostic in ColumnChecks.Declared(node, result.Columns))
                    scope.Diagnostics.Add(diagnostic);
            }
        }

        return scope;
    }

    private static void ReportHalfKnown(AnalysisScope scope, List<SourceNode> sources)
    {
        if (sources.Count == 0)
            return;

        const int named = 3;
        var names = string.Join(", ", sources.Take(named).Select(s => $"'{s.SourceName}.{s.Name}'"));
        var rest = sources.Count > named ? $" and {sources.Count - named} more" : "";
        var word = sources.Count == 1 ? "source" : "sources";
        scope.Diagnostics.Add(SqlDiagnostics.UnknownSources(sources[0].Span, $"{word} {names}{rest}"));
    }
}
