using Models.Contracts;
using Models.Database.Definitions;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Analysis;

/// <summary>
/// Creates functions in the analysis database, where PostgreSQL checks their bodies and then the calls in models. A function whose body, signature and
/// parents' columns are the same as in an earlier compilation is taken from the cache.
/// </summary>
internal sealed class FunctionAnalyser(AnalysisScope scope, RelationStore store, SqlErrorReader errors)
{
    public async Task AnalyseAsync(IReadOnlyList<FunctionNode> functions, CancellationToken cancellationToken)
    {
        foreach (var function in functions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (scope.IsBlocked(function, out var state))
                scope.Results[function.UniqueId] = AnalysedNode.Without(state);
            else if (function.HasBrokenTemplate || function.Returns.DataType.Length == 0)
                scope.Results[function.UniqueId] = AnalysedNode.Without(AnalysisState.Failed);
            else
                await AnalyseAsync(function, cancellationToken);
        }
    }

    /// <summary>Adds what callers of a function depend on: the types of its arguments and of its result.</summary>
    public static void AddSignature(DigestBuilder key, FunctionNode function)
    {
        foreach (var variant in function.Variants)
        {
            key.Add(variant.Returns.DataType).Add(variant.Arguments.Count);
            foreach (var argument in variant.Arguments)
                key.Add(argument.Name).Add(argument.DataType).Add(argument.Default is { } value ? PythonText.Str(value) : null);
        }
    }

    public static AnalysisStatement Definition(FunctionNode function, string body, DatabaseQualifier qualifier)
    {
        var statement = FunctionDdl.Create(RelationKey.Of(function.Relation).ToString(), function, qualifier.Blank(body));
        return new AnalysisStatement(function, statement.Sql, statement.NodeSqlOffset);
    }

    /// <summary>The same definition, with a body that PostgreSQL does not check.</summary>
    public static AnalysisStatement Unchecked(AnalysisStatement definition) => definition with
    {
        Sql = "do language plpgsql " + SqlLiteral.Of(
            $"begin perform set_config('check_function_bodies', 'off', true); execute {SqlLiteral.Of(definition.Sql)}; end"),
    };

    private async Task AnalyseAsync(FunctionNode function, CancellationToken cancellationToken)
    {
        var variants = function.Variants.ToList();
        var rendered = variants.ConvertAll(scope.Renderer.RenderWithoutDatabase);
        var asks = rendered.Exists(r => r.AsksDatabase);
        var key = new DigestBuilder().Add(function.Relation.ToString()).Add(function.Config.GetString("volatility"));
        AddSignature(key, function);
        if (asks)
            scope.AddAsking(key, function);
        foreach (var variant in rendered)
            key.Add(variant.SqlDigest?.ToString());

        var digest = scope.AddParents(key, function).Finish();
        if (!asks && scope.Cache.TryGet(function.UniqueId, digest, out var entry))
        {
            scope.Results[function.UniqueId] = entry.Node;
            scope.Cache.Keep(function.UniqueId, entry);
            return;
        }

        var database = await scope.Server.DatabaseAsync(cancellationToken);
        await store.EnsureAsync(database, scope.RelationsRead(function), cancellationToken);
        if (asks)
        {
            using var connection = database.OpenForTemplates();
            rendered = variants.ConvertAll(v => scope.Renderer.Render(v, database.AdapterOn(connection)));
        }

        var mistake = rendered.Select(r => r.Mistake).FirstOrDefault(m => m is not null);
        for (var i = 0; i < variants.Count && mistake is null; i++)
            mistake = await CreateAsync(database, variants[i], rendered[i], cancellationToken);

        scope.AnalysedCount++;
        scope.Results[function.UniqueId] = AnalysedNode.Without(mistake is null ? AnalysisState.Analysed : AnalysisState.Failed);
        store.Add(function);
        if (mistake is not null)
            scope.Diagnostics.Add(mistake);
        else if (!asks)
            scope.Cache.Keep(function.UniqueId, new(digest, scope.Results[function.UniqueId], []));
    }

    private async Task<Diagnostic?> CreateAsync(
        AnalysisDatabase database, FunctionNode variant, RenderedNode rendered, CancellationToken cancellationToken)
    {
        var compiled = rendered.Full!;
        var refused = await RelationStore.ExecuteWithExtensionsAsync(
            database, [Definition(variant, compiled.Sql, database.Qualifier)], cancellationToken);
        await errors.PrepareAsync(database, refused, cancellationToken);
        return refused.Select(r => errors.Read(r, compiled.Sql, compiled.Map)).FirstOrDefault();
    }
}
