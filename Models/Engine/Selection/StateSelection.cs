using Models.Database;
using Models.Engine.State;
using Models.Project.Graph;

namespace Models.Engine.Selection;

/// <summary>The <c>state:</c> method: nodes that are new or changed since an earlier run. Source: dbt's page on state selection.</summary>
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

    /// <summary>Whether the criterion compares contracts, so that broken ones are to be reported.</summary>
    public static bool ComparesContracts(Criterion criterion) =>
        (criterion.Method, criterion.Value) is ("state", "modified" or "modified.contract" or "unmodified") or ("state.modified", "contract");

    /// <summary>Matches sources that have newer data than in the earlier run (<c>fresher</c>), or that had the given status.</summary>
    /// <exception cref="RunException">Freshness results to compare with are missing.</exception>
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
