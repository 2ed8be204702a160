using Models.Engine;
using Models.Project.Graph;

namespace Models.Runner.Reporting;

/// <summary>Names nodes and results in messages.</summary>
internal static class NodeWords
{
    /// <summary>For example <c>sql table model dev_data_mart.dm_calls_conversion</c>.</summary>
    public static string Of(Node node) => node switch
    {
        ModelNode model => $"sql {model.Materialized} model {Relation(model)}",
        SeedNode seed => $"seed file {Relation(seed)}",
        SnapshotNode snapshot => $"snapshot {Relation(snapshot)}",
        FunctionNode function => $"function {Relation(function)}",
        TestNode test => $"test {test.Name}",
        UnitTestNode test => $"unit_test {test.Name}",
        SourceNode source => $"freshness of {Name(source)}",
        ExposureNode exposure => $"exposure {exposure.Name}",
        SavedQueryNode query => $"saved query {query.Name}",
        _ => node.UniqueId,
    };

    /// <summary>For example <c>table model</c>, as counted at the end of a run.</summary>
    public static string Kind(Node node) => node switch
    {
        ModelNode model => $"{model.Materialized} model",
        TestNode => "data test",
        UnitTestNode => "unit test",
        _ => Type(node),
    };

    public static string Type(Node node) => node.ResourceType.Name().Replace('_', ' ');

    /// <summary>For example <c>raw.orders</c>.</summary>
    public static string Name(SourceNode source) => $"{source.SourceName}.{source.Name}";

    public static (string Text, Tone Tone) Outcome(NodeResult result) => result.Status switch
    {
        _ when result.Node is SourceNode => ($"{Tag(result)} {Of(result.Node)}", result.Status switch
        {
            NodeStatus.Pass => Tone.Good,
            NodeStatus.Warn => Tone.Warn,
            _ => Tone.Bad,
        }),
        NodeStatus.Success => ($"OK {Verb(result.Node)} {Of(result.Node)}", Tone.Good),
        NodeStatus.Pass => ($"PASS {result.Node.Name}", Tone.Good),
        NodeStatus.Warn => ($"WARN {result.Failures} {result.Node.Name}", Tone.Warn),
        NodeStatus.Fail => ($"FAIL {result.Failures} {result.Node.Name}", Tone.Bad),
        NodeStatus.Skipped =>
            ($"SKIP {(result.Node is RelationNode relation and not TestNode ? $"relation {Relation(relation)}" : Of(result.Node))}", Tone.Warn),
        NodeStatus.PartialSuccess => ($"PARTIAL SUCCESS {Verb(result.Node)} {Of(result.Node)}", Tone.Bad),
        NodeStatus.NoOp => ($"NO-OP {Of(result.Node)}", Tone.Good),
        _ => ($"ERROR {(result.Node is TestNode or UnitTestNode ? result.Node.Name : $"{Creating(result.Node)} {Of(result.Node)}")}", Tone.Bad),
    };

    /// <summary>The text in brackets: <c>SELECT 12</c>, <c>PASS</c>, <c>FAIL 3</c>.</summary>
    public static string Tag(NodeResult result) => result.Status switch
    {
        NodeStatus.Fail when result.Node is SourceNode => "ERROR STALE",
        NodeStatus.Warn when result.Node is SourceNode => "WARN",
        NodeStatus.Success => result.Message,
        NodeStatus.Fail => $"FAIL {result.Failures}",
        NodeStatus.Warn => $"WARN {result.Failures}",
        _ => result.Status.Word().ToUpperInvariant(),
    };

    private static string Relation(RelationNode node) => $"{node.Relation.Schema}.{node.Relation.Identifier}";

    private static string Verb(Node node) => node switch
    {
        SeedNode => "loaded",
        SnapshotNode => "snapshotted",
        _ => "created",
    };

    private static string Creating(Node node) => node switch
    {
        SeedNode => "loading",
        SnapshotNode => "snapshotting",
        _ => "creating",
    };
}
