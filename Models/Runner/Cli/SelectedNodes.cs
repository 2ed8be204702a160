using Models.Project.Graph;
using Models.Runner.Selection;
using Models.Runner.State;
using Models.Runner.Targets;

namespace Models.Runner.Cli;

/// <summary>The nodes that a command works on.</summary>
internal static class SelectedNodes
{
    public static IReadOnlyList<Node> Of(
        TargetAccess target, SelectionOptions options, IReadOnlySet<ResourceType> types, IRunObserver observer, PreviousArtifacts? state) =>
        new NodeSelector(new SelectionContext(target.Project, state), options)
            .Select(types, SelectionWarnings.To(observer, target.Project.Options.Warnings));
}
