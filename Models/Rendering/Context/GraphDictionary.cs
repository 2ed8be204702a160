using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>The <c>graph</c> variable. Source: docs.getdbt.com/reference/dbt-jinja-functions/graph.</summary>
internal static class GraphDictionary
{
    public static JinjaDict Empty() => new()
    {
        ["exposures"] = new JinjaDict(),
        ["groups"] = new JinjaDict(),
        ["metrics"] = new JinjaDict(),
        ["nodes"] = new JinjaDict(),
        ["sources"] = new JinjaDict(),
        ["semantic_models"] = new JinjaDict(),
        ["saved_queries"] = new JinjaDict(),
        ["functions"] = new JinjaDict(),
    };

    public static JinjaDict Of(ProjectGraph graph, RelationMap relations)
    {
        var dict = Empty();
        var nodes = (JinjaDict)dict["nodes"]!;
        var sources = (JinjaDict)dict["sources"]!;
        var exposures = (JinjaDict)dict["exposures"]!;
        foreach (var node in graph.InOrder)
        {
            switch (node)
            {
                case SourceNode:
                    sources[node.UniqueId] = NodeDictionary.Of(node, relations);
                    break;
                case ExposureNode:
                    exposures[node.UniqueId] = NodeDictionary.Of(node, relations);
                    break;
                case SemanticModelNode or MetricNode or SavedQueryNode:
                    var section = node switch { SemanticModelNode => "semantic_models", MetricNode => "metrics", _ => "saved_queries" };
                    ((JinjaDict)dict[section]!)[node.UniqueId] = NodeDictionary.Of(node, relations);
                    break;
                case FunctionNode:
                    ((JinjaDict)dict["functions"]!)[node.UniqueId] = NodeDictionary.Of(node, relations);
                    break;
                case UnitTestNode:
                    break;
                default:
                    nodes[node.UniqueId] = NodeDictionary.Of(node, relations);
                    break;
            }
        }

        return dict;
    }
}
