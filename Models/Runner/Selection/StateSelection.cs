using Models.Database;
using Models.Project.Graph;
using Models.Runner.State;

namespace Models.Runner.Selection;

/// <summary>The <c>state:</c> method: what is new or changed since an earlier run. Source: dbt's page on state selection.</summary>
internal static class StateSelection
{
    public static bool Matches(PreviousArtifacts state, Node node, string value, string detail)
    {
        var (kind, part) = value.Split('.', 2) is [var k, var p] ? (k, p) : (value, detail);
        return kind switch
        {
            "new" => !state.Knows(node.UniqueId),
            "old" => state.Knows(node.UniqueId),
            "modified" => state.IsModified(node, part),
            "unmodified" => state.Knows(node.UniqueId) && !state.IsModified(node, ""),
            _ => throw new RunException(
                $"'state:{value}' is not known; write state:new, old, modified (also modified.body, .configs, .relation, .persisted_descriptions, .macros, " +
                $".contract) or unmodified."),
        };
    }

    /// <summary>Sources whose newest row is newer than it was then (<c>fresher</c>), or that were in the named state.</summary>
    /// <exception cref="RunException">There is nothing to compare the freshness of sources with.</exception>
    public static bool IsSourceStatus(PreviousArtifacts state, Node node, string value)
    {
        if (node is not SourceNode)
            return false;
        if (value != "fresher")
            return state.SourceStatusOf(node.UniqueId) == value;

        state.RequireFreshness();
        return state.IsFresher(node.UniqueId);
    }
}
