using Models.Engine;
using Models.Engine.Selection;
using Models.Engine.State;
using Models.Engine.Targets;
using Models.Project.Graph;

namespace Models.Runner.Commands;

/// <summary>The nodes that a command works on.</summary>
internal static class SelectedNodes
{
    public static IReadOnlyList<Node> Of(
        TargetAccess target, SelectionOptions options, IReadOnlySet<ResourceType> types, IRunObserver observer, PreviousArtifacts? state) =>
        new NodeSelector(new SelectionContext(target.Project, state), options)
            .Select(types, new SelectionWarnings(observer, target.Project.Options.Warnings));
}
