namespace Models.Engine;

/// <summary>The outcome of a node. Source: dbt's run_results schema, v6.</summary>
public enum NodeStatus
{
    /// <summary>The relation was built.</summary>
    Success,

    /// <summary>The test has no failures.</summary>
    Pass,

    /// <summary>The test has failures that are only a warning by its severity.</summary>
    Warn,

    /// <summary>The test has failures.</summary>
    Fail,

    /// <summary>The node could not be run.</summary>
    Error,

    /// <summary>Not run, because a parent failed or the run was stopped.</summary>
    Skipped,

    /// <summary>Some batches of a microbatch model were built, others failed.</summary>
    PartialSuccess,

    /// <summary>There was nothing to do.</summary>
    NoOp,
}

internal static class NodeStatuses
{
    /// <summary>The name in dbt's artifacts.</summary>
    public static string Word(this NodeStatus status) => status switch
    {
        NodeStatus.Success => "success",
        NodeStatus.Pass => "pass",
        NodeStatus.Warn => "warn",
        NodeStatus.Fail => "fail",
        NodeStatus.Error => "error",
        NodeStatus.Skipped => "skipped",
        NodeStatus.PartialSuccess => "partial success",
        NodeStatus.NoOp => "no-op",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>True if the dependents of the node must not run.</summary>
    public static bool Blocks(this NodeStatus status) =>
        status is NodeStatus.Fail or NodeStatus.Error or NodeStatus.Skipped or NodeStatus.PartialSuccess;

    public static bool IsFailure(this NodeStatus status) =>
        status is NodeStatus.Fail or NodeStatus.Error or NodeStatus.PartialSuccess;
}
