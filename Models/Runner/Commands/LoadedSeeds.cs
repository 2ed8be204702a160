using Models.Engine;
using Models.Engine.Targets;
using Models.Project.Graph;
using Models.Runner.Reporting;

namespace Models.Runner.Commands;

/// <c>--show</c>: prints the first rows of the seeds that a run loaded.
internal static class LoadedSeeds
{
    private const int Rows = 10;

    public static async Task ShowAsync(RunOptions options, RunSummary summary, IRunObserver observer, CancellationToken cancellationToken)
    {
        var seeds = summary.Results.Where(r => r is { Node: SeedNode, Status: NodeStatus.Success }).Select(r => (SeedNode)r.Node).ToList();
        if (seeds.Count == 0)
            return;

        var project = ProjectLoader.Load(options.Compile, observer, cancellationToken, announces: false);
        await using var target = TargetAccess.Open(project, observer);
        foreach (var seed in seeds)
        {
            var rows = target.Connection.Execute($"select * from {seed.Relation.QuotedName} limit {Rows}");
            observer.TemplateOutput($"First rows of seed '{seed.Name}', {seed.Relation.QuotedName}:\n{TextTable.Format(rows)}");
        }
    }
}
