using Models.Database;
using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.BlueGreen;

/// <summary>A build beside the live schemas, which takes their place only when everything in it, tests included, went well.</summary>
internal sealed class ShadowBuild
{
    private readonly IReadOnlyList<RelationNode> _nodes;
    private readonly HashSet<(string Schema, string Identifier)> _ours;
    private bool _isPromoted;

    private ShadowBuild(IReadOnlyList<RelationNode> nodes, IEnumerable<Relation> pointers)
    {
        _nodes = nodes;
        _ours = [.. nodes.Select(n => n.Relation).Concat(pointers).Select(r => (r.Schema, r.Identifier))];
        Schemas = [.. nodes.Select(n => n.Relation.Schema).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The live schemas that will be replaced.</summary>
    public IReadOnlyList<string> Schemas { get; }

    /// <exception cref="RunException">Only a part is selected: the rest would be missing after the swap.</exception>
    public static ShadowBuild Create(ParsedProject project, RunOptions options)
    {
        if (options.Verb != RunVerb.Build || options.Selection.Select.Count + options.Selection.Exclude.Count > 0 || options.Selection.Selector is not null
            || options.Only is not null)
            throw new RunException("--blue-green builds the whole project and swaps whole schemas; it goes with 'build' and without a selection.");

        if (project.Graph.InOrder.OfType<FunctionNode>().FirstOrDefault() is { } function)
            throw new RunException(
                $"--blue-green swaps schemas, which would take the function '{function.Name}' away or leave it reading the schemas of the build; " +
                $"disable it, or build without --blue-green.");

        var nodes = RelationsOf(project);
        return new ShadowBuild(nodes, nodes.OfType<ModelNode>().Select(project.PointerOf).OfType<Relation>());
    }

    /// <summary>The relations a project builds.</summary>
    public static IReadOnlyList<RelationNode> RelationsOf(ParsedProject project) =>
    [
        .. project.Graph.InOrder.OfType<RelationNode>().Where(n => n is SeedNode or SnapshotNode or ModelNode { IsEphemeral: false }),
    ];

    /// <summary>Where the nodes stand while they are built.</summary>
    public RelationMap In(RelationMap live) =>
        live.Moving(_nodes.Select(n => KeyValuePair.Create(n.UniqueId, n.Relation with { Schema = SchemaSwap.Shadow(n.Relation.Schema) })));

    /// <summary>Makes the shadow schemas, with a copy of what grows instead of being built anew.</summary>
    public async Task PrepareAsync(Session session, RelationCache live, bool fullRefresh, CancellationToken cancellationToken)
    {
        foreach (var schema in Schemas)
        {
            var shadow = SchemaSwap.Shadow(schema);
            await session.ExecuteAsync(
                [RelationDdl.DropSchema(shadow), $"create schema {Relation.Quote(shadow)}", SchemaRights.Copy(schema, shadow)], cancellationToken);
        }

        foreach (var node in _nodes)
        {
            var relation = node.Relation;
            var copy = relation with { Schema = SchemaSwap.Shadow(relation.Schema) };
            if (Grows(node, fullRefresh) && live.TypeOf(relation) == "table")
            {
                await session.InTransactionAsync(
                    [
                        $"create table {copy.QuotedName} (like {relation.QuotedName} including all)",
                        $"insert into {copy.QuotedName} select * from {relation.QuotedName}",
                    ],
                    cancellationToken);
            }
        }
    }

    /// <summary>Puts the shadow schemas in the place of the live ones.</summary>
    public async Task PromoteAsync(Session session, IRunObserver observer, CancellationToken cancellationToken)
    {
        await SchemaSwap.PromoteAsync(session, Schemas, relation => _ours.Contains((relation.Schema, relation.Identifier)), cancellationToken);
        _isPromoted = true;
        observer.Message($"Swapped in: {string.Join(", ", Schemas)}. 'leadline rollback' brings the previous version back.", isWarning: false);
    }

    /// <summary>Drops the shadow schemas of a build that was not promoted, however it ended.</summary>
    public async Task DiscardAsync(Session session, IRunObserver observer)
    {
        if (_isPromoted)
            return;

        foreach (var schema in Schemas)
            await session.ExecuteAsync([RelationDdl.DropSchema(SchemaSwap.Shadow(schema))], CancellationToken.None);
        observer.Message("Nothing was swapped in: the live schemas are as they were.", isWarning: true);
    }

    private static bool Grows(RelationNode node, bool fullRefresh) => node switch
    {
        SnapshotNode => true,
        ModelNode { IsIncremental: true } model => !(model.Config.TryGet("full_refresh", out var own) && own is bool decided ? decided : fullRefresh),
        _ => false,
    };
}
