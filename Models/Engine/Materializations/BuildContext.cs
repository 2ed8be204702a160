using Models.Database.Adapters;
using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Parsing;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Engine.Materializations;

/// <summary>One node about to be built.</summary>
/// <param name="Node">The model, snapshot or seed.</param>
/// <param name="Sql">Its rendered SQL; empty for a seed.</param>
/// <param name="Hooks">Its hooks, rendered.</param>
/// <param name="Run">The run it belongs to.</param>
/// <param name="Session">The worker's connection.</param>
internal sealed record BuildContext(RelationNode Node, string Sql, NodeHooks Hooks, RunContext Run, Session Session)
{
    /// <summary>Renders the node again, under other circumstances.</summary>
    public required Func<CompileMode, CompiledNode> Compile { get; init; }

    /// <summary>The target as templates see it.</summary>
    public required RunConnection Connection { get; init; }

    public Relation Target => Pointer ?? Project.Relations.Of(Node);

    /// <summary>The view of the latest version while that is built; null while the node itself is.</summary>
    public Relation? Pointer { get; init; }

    public Relation Intermediate => RelationNames.Intermediate(Target);

    public Relation Backup => RelationNames.Backup(Target);

    public RelationCache Cache => Run.Cache;

    /// <summary>What stands under the node's name now: <c>table</c>, <c>view</c>, <c>materialized_view</c> or null.</summary>
    public string? ExistingType => Cache.TypeOf(Target);

    /// <summary>True where the node is to be built anew; a configuration of its own wins over the flag.</summary>
    public bool FullRefresh => Node.Config.TryGet("full_refresh", out var own) && own is bool decided ? decided : Run.Options.Compile.FullRefresh;

    public ParsedProject Project => Run.Project;

    /// <summary>The views that read what stands under the node's name now.</summary>
    public async Task<IReadOnlyList<DependentView>> FindReadersAsync(CancellationToken cancellationToken) =>
        ExistingType is null || !Cache.HadDependents(Target) ? [] : await DependentView.FindAsync(Session, Target, cancellationToken);
}
