using Models.Project.Graph;

namespace Models.Engine.Execution;

/// <summary>A node of the plan with the nodes that depend on it.</summary>
internal sealed class PlanNode(Node node)
{
    public Node Node { get; } = node;

    /// <summary>Nodes that may start only after this one.</summary>
    public List<PlanNode> Dependents { get; } = [];

    /// <summary>The number of nodes that must end before this one may start.</summary>
    public int Pending { get; set; }

    /// <summary>Length of the longest chain that leads to this node; the shortest goes first, as in dbt.</summary>
    public int Level { get; set; }

    /// <summary>Length of the longest chain that depends on this node; the longest goes first within a level.</summary>
    public int Height { get; set; }

    /// <summary>The position in graph order, which breaks ties.</summary>
    public int Order { get; init; }

    /// <summary>True while it is in a worker's group, together with the parents that it still depends on.</summary>
    public bool IsTaken { get; set; }

    /// <summary>True if it could not run in a group, so that it must run separately.</summary>
    public bool RunsAlone { get; set; }

    /// <summary>The failed node that blocks this one.</summary>
    public Node? BlockedBy { get; set; }
}
