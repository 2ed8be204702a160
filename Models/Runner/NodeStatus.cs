namespace Models.Runner;

/// <summary>How a node ended. Source: dbt's run_results schema, v6.</summary>
public enum NodeStatus
{
    /// <summary>A relation was built.</summary>
    Success,

    /// <summary>A test found nothing.</summary>
    Pass,

    /// <summary>A test found something its severity forgives.</summary>
    Warn,

    /// <summary>A test found something.</summary>
    Fail,

    /// <summary>The node could not be run.</summary>
    Error,

    /// <summary>Not run, because of what failed before it or because the run was stopped.</summary>
    Skipped,

    /// <summary>Some batches of a microbatch model were built, some failed.</summary>
    PartialSuccess,

    /// <summary>There was nothing to do.</summary>
    NoOp,
}

internal static class NodeStatuses
{
    /// <summary>The word dbt's artifacts use.</summary>
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

    /// <summary>True where what depends on the node must not run.</summary>
    public static bool Blocks(this NodeStatus status) =>
        status is NodeStatus.Fail or NodeStatus.Error or NodeStatus.Skipped or NodeStatus.PartialSuccess;

    public static bool IsFailure(this NodeStatus status) =>
        status is NodeStatus.Fail or NodeStatus.Error or NodeStatus.PartialSuccess;
}
