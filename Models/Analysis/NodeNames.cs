using Models.Project.Graph;

namespace Models.Analysis;

/// <summary>Names nodes in messages: <c>model 'dm_cac_per_source'</c>.</summary>
internal static class NodeNames
{
    public static string Of(Node node) => node switch
    {
        SourceNode source => $"source '{source.SourceName}.{source.Name}'",
        TestNode => $"test '{node.Name}'",
        OperationNode operation => operation.IsOnRunStart ? $"on-run-start hook {operation.Index + 1}" : $"on-run-end hook {operation.Index + 1}",
        _ => $"{node.ResourceType.Name()} '{node.Name}'",
    };
}
