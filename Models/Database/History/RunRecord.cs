namespace Models.Database.History;

/// <summary>A run that has ended: a row of <c>leadline.runs</c>, and the rows of its nodes and tests.</summary>
public sealed record RunRecord(
    Guid InvocationId, string Project, string Verb, string TargetSchema, DateTimeOffset StartedAt, TimeSpan Elapsed, bool Success, bool Cancelled)
{
    public required IReadOnlyList<NodeRecord> Nodes { get; init; }

    public required IReadOnlyList<TestRecord> Tests { get; init; }
}

/// <summary>A row of <c>leadline.node_results</c>.</summary>
public sealed record NodeRecord(
    string UniqueId,
    string ResourceType,
    string? Relation,
    string Status,
    string? Message,
    DateTimeOffset StartedAt,
    TimeSpan Elapsed,
    long? RowsAffected,
    long? Failures);

/// <summary>A row of <c>leadline.test_results</c>.</summary>
/// <param name="UniqueId">The test.</param>
/// <param name="Type">The name of a generic test, <c>singular</c> or <c>unit</c>.</param>
/// <param name="Node">The node that is tested.</param>
/// <param name="Column">The column that is tested.</param>
/// <param name="Status">dbt's word for the result.</param>
/// <param name="Failures">How many rows failed.</param>
/// <param name="Message">What was found.</param>
/// <param name="CompletedAt">When the test ended.</param>
public sealed record TestRecord(
    string UniqueId, string Type, string? Node, string? Column, string Status, long? Failures, string? Message, DateTimeOffset CompletedAt);

/// <summary>A relation that a run built.</summary>
/// <param name="UniqueId">Its node.</param>
/// <param name="Name">Its quoted name.</param>
/// <param name="Rows">How many rows it has; null where they are to be counted.</param>
public sealed record BuiltRelation(string UniqueId, string Name, long? Rows = null);
