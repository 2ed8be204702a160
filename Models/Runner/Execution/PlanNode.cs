using Models.Project.Graph;

namespace Models.Runner.Execution;

/// <summary>A node of the plan with what waits for it.</summary>
internal sealed class PlanNode(Node node)
{
    public Node Node { get; } = node;

    /// <summary>Nodes that may start only after this one.</summary>
    public List<PlanNode> Dependents { get; } = [];

    /// <summary>How many nodes must still end before this one may start.</summary>
    public int Pending { get; set; }

    /// <summary>Length of the longest chain that leads to this node: the shortest goes first, as in dbt.</summary>
    public int Level { get; set; }

    /// <summary>Length of the longest chain that waits for this node: the longest goes first within a level.</summary>
    public int Height { get; set; }

    /// <summary>Its place in the graph's order, which decides between equals.</summary>
    public int Order { get; init; }

    /// <summary>True while it is in a group that a worker has taken, together with the parents it still waits for.</summary>
    public bool IsTaken { get; set; }

    /// <summary>True where it could not be run with others: it is to be run by itself.</summary>
    public bool RunsAlone { get; set; }

    /// <summary>The failed node that keeps this one from running.</summary>
    public Node? BlockedBy { get; set; }
}
