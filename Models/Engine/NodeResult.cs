using Models.Database;
using Models.Project.Graph;

namespace Models.Engine;

/// <summary>The result of one node.</summary>
public sealed record NodeResult
{
    public required Node Node { get; init; }

    public required NodeStatus Status { get; init; }

    /// <summary>One line: the server's response (<c>SELECT 12</c>), or the error and its position.</summary>
    public string Message { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset CompileCompletedAt { get; init; }

    public DateTimeOffset CompletedAt { get; init; }

    /// <summary>The worker that ran the node, from 1; 0 for a node that never started.</summary>
    public int Worker { get; init; }

    /// <summary>The compiled SQL, if the node has any.</summary>
    public string? CompiledSql { get; init; }

    /// <summary>The number of rows written, if the server reported it; -1 otherwise.</summary>
    public long RowsAffected { get; init; } = -1;

    /// <summary>The server's command tag, for example <c>SELECT</c>.</summary>
    public string? Command { get; init; }

    /// <summary>A test's number of failures.</summary>
    public long? Failures { get; init; }

    /// <summary>The relation with a test's failing rows; null if they are not stored.</summary>
    public Relation? StoredIn { get; init; }

    /// <summary>The batches of a microbatch model.</summary>
    public BatchResults? Batches { get; init; }

    public TimeSpan Elapsed => CompletedAt - StartedAt;
}
