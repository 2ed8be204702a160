using Models.Parsing.Properties;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>The node a generic test is declared on, with the names that the test's name and arguments use.</summary>
internal sealed record GenericTestTarget(RelationNode Node, PropertiesFile File)
{
    public required string TestedName { get; init; }

    /// <summary>The call that references the node: <c>ref('x')</c> or <c>source('a', 'b')</c>.</summary>
    public required string ModelArgument { get; init; }

    public NodeReference? Reference { get; init; }

    public SourceReference? SourceReference { get; init; }

    /// <summary>Tags that the node's tests inherit.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
