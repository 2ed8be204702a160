using Models.Database.History;
using Models.Jinja.Rendering;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.History;

/// <summary>What of a run goes into the history.</summary>
internal static class RunRecords
{
    public static RunRecord Of(ParsedProject project, RunVerb verb, RunSummary summary) =>
        new(
            summary.InvocationId,
            project.Name,
            verb.ToString().ToLowerInvariant(),
            project.Target.Schema,
            summary.StartedAt,
            summary.Elapsed,
            summary.Success,
            summary.Cancelled)
        {
            Nodes = [.. summary.Results.Select(Node)],
            Tests = [.. summary.Results.Where(r => r.Node is TestNode or UnitTestNode).Select(Test)],
        };

    /// <summary>The relations whose rows are kept. Views are not counted: that would be to run them.</summary>
    public static IReadOnlyList<BuiltRelation> Counted(RunSummary summary) =>
    [
        .. summary.Results
            .Where(r => r is
            {
                Status: NodeStatus.Success or NodeStatus.PartialSuccess,
                Node: SeedNode or SnapshotNode or ModelNode { Materialized: not "view" },
            })
            .Select(r => new BuiltRelation(r.Node.UniqueId, ((RelationNode)r.Node).Relation.QuotedName, KnownRows(r))),
    ];

    /// <param name="summary">The run.</param>
    /// <param name="all">True to profile everything the run built, false for what has <c>meta: {leadline: {profile: true}}</c>.</param>
    public static IEnumerable<BuiltRelation> Profiled(RunSummary summary, bool all) =>
        summary.Results
            .Where(r => r.Status == NodeStatus.Success)
            .Select(r => r.Node)
            .OfType<RelationNode>()
            .Where(n => n is not TestNode && (all || AsksForProfile(n)))
            .Select(n => new BuiltRelation(n.UniqueId, n.Relation.QuotedName));

    private static NodeRecord Node(NodeResult result) =>
        new(
            result.Node.UniqueId,
            result.Node.ResourceType.Name(),
            result.Node is RelationNode relation and not TestNode ? relation.Relation.QuotedName : null,
            result.Status.Word(),
            MessageOf(result),
            result.StartedAt,
            result.Elapsed,
            result.RowsAffected < 0 ? null : result.RowsAffected,
            result.Failures);

    private static TestRecord Test(NodeResult result)
    {
        var data = result.Node as TestNode;
        return new TestRecord(
            result.Node.UniqueId,
            data is null ? "unit" : data.TestName ?? "singular",
            data is null ? ((UnitTestNode)result.Node).Model : data.AttachedNode,
            data?.ColumnName,
            result.Status.Word(),
            result.Failures,
            MessageOf(result),
            result.CompletedAt);
    }

    private static string? MessageOf(NodeResult result) => result.Message.Length == 0 ? null : result.Message;

    // the row count of a table that was built as a whole is the one in the command tag
    private static long? KnownRows(NodeResult result) =>
        result is { Command: "SELECT", RowsAffected: >= 0 and var rows, Node: ModelNode { Materialized: "table" } } ? rows : null;

    private static bool AsksForProfile(Node node) =>
        node.Meta.TryGetValue("leadline", out var ours) && ours is JinjaDict settings && settings.TryGetValue("profile", out var asked) && asked is true;
}
