using Models.Analysis.Diagnostics;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Project.Seeds;
using Models.Project.Store;
using Models.Rendering.Macros;
using Models.Rendering.Nodes;
using Npgsql;

namespace Models.Analysis;

/// <summary>
/// Analyses sources, seeds, models and snapshots with PostgreSQL level by level. A node whose SQL and parents' columns are the same as in an earlier
/// compilation is taken from the cache, so that a change propagates only while it changes columns.
/// </summary>
internal sealed class RelationAnalyser(AnalysisScope scope, RelationStore store, SqlErrorReader errors)
{
    private readonly FunctionAnalyser _functions = new(scope, store, errors);
    private readonly List<FreshNode> _fresh = [];
    private readonly HashSet<RelationKey> _taken = [];

    /// <summary>The nodes that PostgreSQL analyses in this compilation, in level order.</summary>
    public IReadOnlyList<FreshNode> Fresh => _fresh;

    /// <summary>Sources in which only some columns have types; the parser reports those without any.</summary>
    public List<SourceNode> HalfKnownSources { get; } = [];

    public async Task AnalyseAsync(CancellationToken cancellationToken)
    {
        var made = scope.Project.Graph.InOrder
            .Where(n => n is ModelNode or SeedNode or SnapshotNode)
            .Cast<RelationNode>()
            .GroupBy(n => RelationKey.Of(n.Relation))
            .ToDictionary(g => g.Key, g => g.First());
        foreach (var level in GraphLevels.Of(scope.Project.Graph))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var twins = level.OfType<SourceNode>().Where(s => made.ContainsKey(RelationKey.Of(s.Relation))).ToList();
            await _functions.AnalyseAsync([.. level.OfType<FunctionNode>()], cancellationToken);
            await AnalyseLevelAsync([.. level.Except(twins).Where(n => n is not FunctionNode)], cancellationToken);

            // a source that is also a seed of the project has the seed's columns
            foreach (var twin in twins)
            {
                var known = scope.Results.GetValueOrDefault(made[RelationKey.Of(twin.Relation)].UniqueId);
                scope.Results[twin.UniqueId] = known is null
                    ? AnalysedNode.Without(AnalysisState.Unchecked)
                    : known with { Lineage = Lineage.NodeLineage.Empty };
                if (known is not null)
                    scope.LocatedSources.Add(twin.Span);
            }
        }
    }

    private async Task AnalyseLevelAsync(IReadOnlyList<RelationNode> level, CancellationToken cancellationToken)
    {
        var fresh = new List<FreshNode>();
        foreach (var node in level)
        {
            if (scope.IsBlocked(node, out var state))
                scope.Results[node.UniqueId] = AnalysedNode.Without(state);
            else if (Prepare(node) is { } candidate)
                fresh.Add(candidate);
        }

        if (fresh.Count == 0)
            return;

        var database = await scope.Server.DatabaseAsync(cancellationToken);
        await store.EnsureAsync(database, fresh.SelectMany(f => scope.RelationsRead(f.Node)), cancellationToken);
        await RenderThoseThatAskAsync(database, fresh, cancellationToken);
        fresh.RemoveAll(f => scope.Results.ContainsKey(f.Node.UniqueId));

        await CreateAsync(database, fresh, cancellationToken);
        var columns = await AnalysisCatalog.ReadColumnsAsync(database, [.. fresh.SelectMany(f => f.Names)], cancellationToken);
        foreach (var node in fresh)
            Finish(node, columns);

        _fresh.AddRange(fresh.Where(f => scope.Results[f.Node.UniqueId].State == AnalysisState.Analysed));
        scope.AnalysedCount += fresh.Count;
    }

    /// <summary>Returns the work for a node; null if its result is already known.</summary>
    private FreshNode? Prepare(RelationNode node)
    {
        if (!_taken.Add(RelationKey.Of(node.Relation)))
        {
            // the graph reports nodes with the same relation
            scope.Results[node.UniqueId] = AnalysedNode.Without(AnalysisState.Unchecked);
            return null;
        }

        try
        {
            return node switch
            {
                SourceNode source => PrepareSource(source),
                SeedNode seed => PrepareSeed(seed),
                _ => PrepareQuery(node),
            };
        }
        catch (DiagnosticException e)
        {
            return Fail(node, e.Diagnostic);
        }
    }

    private FreshNode? PrepareSource(SourceNode source)
    {
        IReadOnlyList<(string Name, string Type)> columns = scope.SourceColumns.TryGetValue(source.UniqueId, out var found)
            ? [.. found.Select(c => (c.Name, c.DataType))]
            : [.. source.Columns.Where(c => c.DataType is not null).Select(c => (c.Name, c.DataType!))];
        if (found is not null)
            scope.LocatedSources.Add(source.Span);

        if (columns.Count == 0 || (found is null && !SourceCatalog.IsDeclared(source)))
        {
            if (!source.IsUnknown)
                HalfKnownSources.Add(source);

            scope.Results[source.UniqueId] = AnalysedNode.Without(AnalysisState.Unchecked);
            return null;
        }

        var key = new DigestBuilder();
        key.Add(source.Relation.ToString());
        foreach (var (name, type) in columns)
            key.Add(name).Add(type);

        return Unknown(source, key.Finish()) is { } fresh
            ? fresh with { Definition = RelationStatements.Stub(source, columns) }
            : null;
    }

    private FreshNode? PrepareSeed(SeedNode seed)
    {
        var key = new DigestBuilder();
        key.Add(seed.Relation.ToString()).Add(seed.Config.GetString("delimiter")).Add(seed.Config.GetString("quote_columns"));
        foreach (var (name, type) in MappingValue.Entries(seed.Config.Values.GetValueOrDefault("column_types")))
            key.Add(name).Add(type?.ToString());

        key.Add(AnalysisScope.FileStamp(seed.FilePath));
        if (Unknown(seed, key.Finish()) is not { } fresh)
            return null;

        var file = SeedFile.Open(seed);
        fresh.Warnings.AddRange(file.Warnings);
        return fresh with { Definition = RelationStatements.Stub(seed, file.Columns.Select(c => (c.SqlName, c.DataType))) };
    }

    private FreshNode? PrepareQuery(RelationNode node)
    {
        // already reported; analysing a partial template would only add noise
        if (node.HasBrokenTemplate)
        {
            scope.Results[node.UniqueId] = AnalysedNode.Without(AnalysisState.Failed);
            return null;
        }

        var rendered = scope.Rendered[node.UniqueId];
        if (rendered.Mistake is { } mistake)
            return Fail(node, mistake);

        var key = new DigestBuilder();
        key.Add(node.Relation.ToString());
        if (node is ModelNode { ContractEnforced: true } contracted)
            ContractComparison.AddTo(key, contracted);

        if (node is SnapshotNode snapshot)
            key.Add(SnapshotColumns.Of(snapshot));

        if (rendered.AsksDatabase)
            scope.AddAsking(key, node);
        else
            key.Add(rendered.SqlDigest.ToString()).Add(rendered.IncrementalDigest?.ToString());

        scope.AddParents(key, node);
        return Unknown(node, key.Finish()) is { } fresh ? fresh with { Rendered = rendered } : null;
    }

    /// <summary>Returns a node to analyse, or null if the cache has it.</summary>
    private FreshNode? Unknown(RelationNode node, Digest key)
    {
        if (!scope.Cache.TryGet(node.UniqueId, key, out var entry))
            return new FreshNode(node, key);

        scope.Results[node.UniqueId] = entry.Node;
        scope.Cache.Keep(node.UniqueId, entry);
        foreach (var warning in entry.Warnings)
            scope.Diagnostics.Add(warning);

        if (entry.Sql is { } sql)
            scope.Rendered[node.UniqueId] = scope.Rendered[node.UniqueId] with { Full = new CompiledNode(node, sql, SourceMap.Empty) };

        return null;
    }

    private async Task RenderThoseThatAskAsync(AnalysisDatabase database, List<FreshNode> fresh, CancellationToken cancellationToken)
    {
        var asking = fresh.Where(f => f.Rendered is { AsksDatabase: true }).ToList();
        if (asking.Count == 0)
            return;

        // a template may list a whole schema, so that all relations so far must exist
        await store.EnsureAsync(database, scope.Results.Keys.Select(id => scope.Project.Graph[id]).OfType<RelationNode>(), cancellationToken);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(asking, options, f =>
        {
            using var connection = database.OpenForTemplates();
            f.Rendered = scope.Renderer.Render(f.Node, database.AdapterOn(connection));
        });

        foreach (var node in asking)
        {
            scope.Rendered[node.Node.UniqueId] = node.Rendered!;
            if (node.Rendered!.Mistake is { } mistake)
                Fail(node.Node, mistake);
        }
    }

    private async Task CreateAsync(AnalysisDatabase database, List<FreshNode> fresh, CancellationToken cancellationToken)
    {
        await store.EnsureSchemasAsync(database, cancellationToken);
        var tables = fresh.Where(f => f.Definition is not null).Select(f => f.Definition!).ToList();
        foreach (var refused in await RelationStore.ExecuteWithExtensionsAsync(database, tables, cancellationToken))
            Fail((RelationNode)refused.Statement.Owner, ReadTypeError(refused));

        foreach (var seed in fresh.Select(f => f.Node).OfType<SeedNode>().Where(s => !scope.Results.ContainsKey(s.UniqueId)))
            await store.LoadRowsAsync(database, seed, cancellationToken);

        var views = fresh.Where(f => f.Rendered is not null).Select(f => RelationStatements.View(f.Node, f.Rendered!.Full!, database.Qualifier)).ToList();
        await ReportAsync(database, await database.ExecuteAsync(views, cancellationToken), f => f.Full!, cancellationToken);

        var second = new List<AnalysisStatement>();
        foreach (var node in fresh.Where(f => !scope.Results.ContainsKey(f.Node.UniqueId)))
        {
            if (node.Rendered?.Incremental is { } incremental)
            {
                node.IncrementalName = OwnName("incremental", node);
                second.Add(RelationStatements.IncrementalView(node.Node, incremental, node.IncrementalName, database.Qualifier));
            }

            if (node.Node is ModelNode { ContractEnforced: true } contracted && ContractComparison.IsTyped(contracted))
            {
                node.ContractName = OwnName("contract", node);
                second.Add(ContractComparison.Table(contracted, node.ContractName));
            }
        }

        await ReportAsync(database, await database.ExecuteAsync(second, cancellationToken), f => f.Incremental ?? f.Full!, cancellationToken);
    }

    private async Task ReportAsync(
        AnalysisDatabase database, IReadOnlyList<RefusedStatement> refused, Func<RenderedNode, CompiledNode> form, CancellationToken cancellationToken)
    {
        await errors.PrepareAsync(database, refused, cancellationToken);
        foreach (var statement in refused)
        {
            var node = (RelationNode)statement.Statement.Owner;
            var compiled = form(scope.Rendered[node.UniqueId]);
            if (IsOtherThanQuery(node) && statement.Error.SqlState == PostgresErrorCodes.SyntaxError)
                scope.Results[node.UniqueId] = AnalysedNode.Without(AnalysisState.Unchecked);
            else
                Fail(node, errors.Read(statement, compiled.Sql, compiled.Map));
        }
    }

    /// <summary>True for a custom materialization, which may create something else than the result of its SQL.</summary>
    private bool IsOtherThanQuery(RelationNode node) =>
        node is ModelNode { IsEphemeral: false } model
        && !scope.Project.MacrosNamed($"materialization_{model.Materialized}_default").Any(macro => macro.PackageName == MacroIndex.BuiltInNamespace);

    private void Finish(FreshNode fresh, Dictionary<RelationKey, CatalogRelation> catalog)
    {
        var node = fresh.Node;
        if (scope.Results.ContainsKey(node.UniqueId))
            return;

        if (!catalog.TryGetValue(fresh.Name, out var relation))
        {
            // a query without columns
            relation = new CatalogRelation(0, []);
        }

        store.Add(node, relation.ObjectId);
        fresh.ObjectId = relation.ObjectId;
        scope.Results[node.UniqueId] = new AnalysedNode(AnalysisState.Analysed, relation.Columns, Lineage.NodeLineage.Empty);
        fresh.Warnings.AddRange(ColumnChecks.Unnamed(node, relation.Columns));
        var mistakes = new List<Diagnostic>();
        if (fresh.IncrementalName is { } incremental && catalog.TryGetValue(incremental, out var later))
            mistakes.AddRange(ColumnChecks.Incremental((ModelNode)node, relation.Columns, later.Columns));

        if (node is ModelNode { ContractEnforced: true } model)
            mistakes.AddRange(ContractComparison.Check(
                model, relation.Columns, fresh.ContractName is { } name && catalog.TryGetValue(name, out var contract) ? contract.Columns : null));

        fresh.Warnings.AddRange(mistakes.Where(m => m.Severity != DiagnosticSeverity.Error));
        foreach (var diagnostic in fresh.Warnings.Concat(mistakes.Where(m => m.Severity == DiagnosticSeverity.Error)))
            scope.Diagnostics.Add(diagnostic);

        // the columns are known, so that its readers are checked; but the error must be reported again next time
        fresh.HasMistake = mistakes.Exists(m => m.Severity == DiagnosticSeverity.Error);
    }

    private static RelationKey OwnName(string kind, FreshNode node) =>
        new(RelationStatements.OwnSchema, $"{kind}_{node.Key}");

    private static Diagnostic ReadTypeError(RefusedStatement refused)
    {
        var node = (RelationNode)refused.Statement.Owner;
        var name = refused.Error.MessageText.Split('"') is [_, var quoted, ..] ? quoted : "";
        var column = node.Columns.FirstOrDefault(c => c.DataType?.Contains(name, StringComparison.OrdinalIgnoreCase) == true);
        return column is null || refused.Error.SqlState != PostgresErrorCodes.UndefinedObject
            ? SqlDiagnostics.Refused(node.Span, NodeNames.Of(node), refused.Error.MessageText.Replace('"', '\''), "")
            : SqlDiagnostics.ColumnType(node.Span, column.Name, NodeNames.Of(node), column.DataType!, refused.Error.MessageText.Replace('"', '\''));
    }

    private FreshNode? Fail(RelationNode node, Diagnostic mistake)
    {
        // a query on rows of sources, which have no rows during a compilation, may work at run time
        if (scope.Rendered.TryGetValue(node.UniqueId, out var rendered) && rendered.AsksForRows && scope.ReadsSource(node))
        {
            scope.Diagnostics.Add(SqlDiagnostics.DependsOnRows(mistake.Span, NodeNames.Of(node), mistake.Message));
            scope.Results[node.UniqueId] = AnalysedNode.Without(AnalysisState.Unchecked);
            return null;
        }

        scope.Diagnostics.Add(mistake);
        scope.Results[node.UniqueId] = AnalysedNode.Without(AnalysisState.Failed);
        return null;
    }
}
