using Models.Database;
using Models.Engine.State;
using Models.Parsing;

namespace Models.Engine.Selection;

/// <summary>The data that selection methods use besides the node.</summary>
/// <param name="Project">The parsed project.</param>
/// <param name="State">The earlier run of <c>--state</c>; null without it.</param>
internal sealed record SelectionContext(ParsedProject Project, PreviousArtifacts? State)
{
    public PreviousArtifacts RequireState(string method) =>
        State ?? throw new RunException($"The selector method '{method}' compares with an earlier run: name its folder with --state.");
}
