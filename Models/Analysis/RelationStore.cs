using Models.Project.Graph;
using Npgsql;

namespace Models.Analysis;

/// <summary>The relations that exist so far in the analysis database.</summary>
internal sealed class RelationStore(AnalysisScope scope)
{
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly HashSet<string> _schemas = new(StringComparer.Ordinal);

    /// <summary>Nodes by the object id of their relation.</summary>
    public Dictionary<uint, RelationNode> ByObjectId { get; } = [];

    public bool Contains(RelationNode node) => _present.Contains(node.UniqueId);

    public void Add(RelationNode node, uint objectId)
    {
        _present.Add(node.UniqueId);
        ByObjectId[objectId] = node;
    }

    /// <summary>Creates every schema of the project once.</summary>
    public async Task EnsureSchemasAsync(AnalysisDatabase database, CancellationToken cancellationToken)
    {
        if (_schemas.Count > 0)
            return;

        _schemas.Add(RelationStatements.OwnSchema);
        _schemas.Add(scope.Project.Target.Schema);
        foreach (var node in scope.Project.Graph.InOrder)
        {
            if (node is RelationNode relation)
                _schemas.Add(RelationKey.Of(relation.Relation).Schema);
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        var statements = _schemas.Select(s => $"create schema if not exists {Relation.Quote(s)}");
        await using var command = new NpgsqlCommand(string.Join(";", statements), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Creates relations from the cache that this compilation reads: empty tables, or, if templates query rows, the actual views over the seeds'
    /// rows.
    /// </summary>
    public async Task EnsureAsync(AnalysisDatabase database, IEnumerable<RelationNode> nodes, CancellationToken cancellationToken)
    {
        await EnsureSchemasAsync(database, cancellationToken);
        var wanted = scope.SomeTemplateAsks ? WithAncestors(nodes) : nodes;
        var missing = wanted
            .Where(n => !Contains(n) && scope.Results.TryGetValue(n.UniqueId, out var result) && result.Columns.Count > 0)
            .DistinctBy(n => n.UniqueId)
            .ToList();
        await EnsureFunctionsAsync(database, wanted, cancellationToken);
        if (missing.Count == 0)
            return;

        var stubs = missing.Where(n => !IsRemade(n)).ToList();
        await ExecuteWithExtensionsAsync(
            database, [.. stubs.Select(n => RelationStatements.Stub(n, scope.Results[n.UniqueId].Columns.Select(c => (c.Name, c.Type))))], cancellationToken);
        foreach (var seed in stubs.OfType<SeedNode>())
            await LoadRowsAsync(database, seed, cancellationToken);

        var views = missing.Where(IsRemade).Select(n => RelationStatements.View(n, scope.Rendered[n.UniqueId].Full!, database.Qualifier)).ToList();
        await database.ExecuteInOrderAsync(views, cancellationToken);
        var found = await AnalysisCatalog.ReadColumnsAsync(database, [.. missing.Select(n => RelationKey.Of(n.Relation))], cancellationToken);
        foreach (var node in missing)
        {
            if (found.TryGetValue(RelationKey.Of(node.Relation), out var relation))
                Add(node, relation.ObjectId);
        }
    }

    public void Add(FunctionNode function) => _present.Add(function.UniqueId);

    /// <summary>
    /// Creates functions from the cache, and those that they call, without checking their bodies: what these read need not exist before they are called.
    /// </summary>
    private async Task EnsureFunctionsAsync(AnalysisDatabase database, IEnumerable<RelationNode> wanted, CancellationToken cancellationToken)
    {
        var statements = new List<AnalysisStatement>();
        var open = new Stack<FunctionNode>(wanted.OfType<FunctionNode>());
        while (open.TryPop(out var function))
        {
            if (!scope.Results.TryGetValue(function.UniqueId, out var result) || result.State != AnalysisState.Analysed || !_present.Add(function.UniqueId))
                continue;

            foreach (var variant in function.Variants)
            {
                var body = scope.Project.Compile(variant, new DeferringConnection()).Sql;
                statements.Add(FunctionAnalyser.Unchecked(FunctionAnalyser.Definition(variant, body, database.Qualifier)));
            }

            foreach (var parent in function.DependsOn)
            {
                if (scope.Project.Graph.TryGet(parent, out var found) && found is FunctionNode called)
                    open.Push(called);
            }
        }

        await ExecuteWithExtensionsAsync(database, statements, cancellationToken);
    }

    /// <summary>Loads the rows of a seed, if any template queries rows.</summary>
    public Task LoadRowsAsync(AnalysisDatabase database, SeedNode seed, CancellationToken cancellationToken) =>
        scope.SomeTemplateAsks ? SeedRows.LoadAsync(database, seed, cancellationToken) : Task.CompletedTask;

    private bool IsRemade(RelationNode node) =>
        scope.SomeTemplateAsks && scope.Rendered.TryGetValue(node.UniqueId, out var rendered) && rendered.HasSql;

    /// <summary>The nodes and all their ancestors, parents first.</summary>
    private List<RelationNode> WithAncestors(IEnumerable<RelationNode> nodes)
    {
        var ids = scope.WithAncestors(nodes);
        return [.. scope.Project.Graph.InOrder.OfType<RelationNode>().Where(n => ids.Contains(n.UniqueId))];
    }

    /// <summary>Runs table definitions. If a type is missing that an extension of the same name provides, installs the extension and retries.</summary>
    public static async Task<IReadOnlyList<RefusedStatement>> ExecuteWithExtensionsAsync(
        AnalysisDatabase database, IReadOnlyList<AnalysisStatement> statements, CancellationToken cancellationToken)
    {
        var refused = await database.ExecuteAsync(statements, cancellationToken);
        var missingTypes = refused.Where(r => r.Error.SqlState == PostgresErrorCodes.UndefinedObject).ToList();
        if (missingTypes.Count == 0 || !await InstallExtensionsAsync(database, missingTypes, cancellationToken))
            return refused;

        var again = await database.ExecuteAsync([.. missingTypes.Select(r => r.Statement)], cancellationToken);
        return [.. refused.Except(missingTypes), .. again];
    }

    private static async Task<bool> InstallExtensionsAsync(
        AnalysisDatabase database, IEnumerable<RefusedStatement> refused, CancellationToken cancellationToken)
    {
        var names = refused.Select(r => r.Error.MessageText.Split('"') is [_, var name, ..] ? name : null).OfType<string>().Distinct();
        await using var connection = await database.OpenAsync(cancellationToken);
        var installed = false;
        foreach (var name in names)
        {
            await using var available = new NpgsqlCommand("select exists (select from pg_available_extensions where name = $1)", connection)
            {
                Parameters = { new() { Value = name } },
            };
            if (await available.ExecuteScalarAsync(cancellationToken) is not true)
                continue;

            await using var create = new NpgsqlCommand($"create extension if not exists {Relation.Quote(name)}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
            installed = true;
        }

        return installed;
    }
}
