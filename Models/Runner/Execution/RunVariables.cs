using Models.Compiler;
using Models.Compiler.Graph;
using Models.Compiler.Templates.Rendering;

namespace Models.Runner.Execution;

/// <summary>What <c>on-run-end</c> hooks know of the run: <c>results</c>, <c>schemas</c>. Source: dbt's page on the on-run-end context.</summary>
internal static class RunVariables
{
    public static IReadOnlyDictionary<string, object?> Of(ParsedProject project, IReadOnlyList<NodeResult> results)
    {
        var schemas = results
            .Select(r => r.Node)
            .OfType<RelationNode>()
            .Where(n => n is not TestNode)
            .Select(n => n.Relation.Schema)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new Dictionary<string, object?>
        {
            ["results"] = new JinjaList(results.Select(Of)),
            ["schemas"] = new JinjaList(schemas),
            ["database_schemas"] = new JinjaList(schemas.Select(s => new JinjaTuple(project.Target.Database, s))),
        };
    }

    private static JinjaDict Of(NodeResult result) => new(new Dictionary<string, object?>
    {
        ["status"] = result.Status.Word(),
        ["message"] = result.Message,
        ["failures"] = result.Failures,
        ["execution_time"] = result.Elapsed.TotalSeconds,
        ["thread_id"] = $"Thread-{result.Worker}",
        ["unique_id"] = result.Node.UniqueId,
        ["node"] = new JinjaDict(new Dictionary<string, object?>
        {
            ["unique_id"] = result.Node.UniqueId,
            ["name"] = result.Node.Name,
            ["resource_type"] = result.Node.ResourceType.Name(),
            ["package_name"] = result.Node.PackageName,
            ["schema"] = (result.Node as RelationNode)?.Relation.Schema,
            ["alias"] = (result.Node as RelationNode)?.Relation.Identifier,
            ["relation_name"] = (result.Node as RelationNode)?.Relation.ToString(),
        }),
    });
}
