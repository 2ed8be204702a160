using Models.Database;
using Models.Project.Graph;

namespace Models.Runner;

/// <summary>What became of one node.</summary>
public sealed record NodeResult
{
    public required Node Node { get; init; }

    public required NodeStatus Status { get; init; }

    /// <summary>One line: the server's answer (<c>SELECT 12</c>) or what went wrong and where.</summary>
    public string Message { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset CompileCompletedAt { get; init; }

    public DateTimeOffset CompletedAt { get; init; }

    /// <summary>The worker that ran the node, from 1; 0 for a node that never started.</summary>
    public int Worker { get; init; }

    /// <summary>The rendered SQL, where the node has one.</summary>
    public string? CompiledSql { get; init; }

    /// <summary>Rows written, where the server said; -1 otherwise.</summary>
    public long RowsAffected { get; init; } = -1;

    /// <summary>The server's command tag, for example <c>SELECT</c>.</summary>
    public string? Command { get; init; }

    /// <summary>A test's count of failures.</summary>
    public long? Failures { get; init; }

    /// <summary>Where a test's failing rows are kept; null where they are not.</summary>
    public Relation? StoredIn { get; init; }

    /// <summary>The batches of a microbatch model.</summary>
    public BatchResults? Batches { get; init; }

    public TimeSpan Elapsed => CompletedAt - StartedAt;
}
