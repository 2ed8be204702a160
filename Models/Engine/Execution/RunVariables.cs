using Models.Jinja.Rendering;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.Execution;

/// <summary>The variables of <c>on-run-end</c> hooks: <c>results</c>, <c>schemas</c>. Source: dbt's page on the on-run-end context.</summary>
internal static class RunVariables
{
    public static IReadOnlyDictionary<string, object?> Of(ParsedProject project, IReadOnlyList<NodeResult> results)
    {
        var schemas = results
            .Select(r => r.Node)
            .OfType<RelationNode>()
            .Where(n => n is not (TestNode or SourceNode))
            .Select(n => project.Relations.Of(n).Schema)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new Dictionary<string, object?>
        {
            ["results"] = new JinjaList(results.Select(r => HookResult.Of(r, project.Relations))),
            ["schemas"] = new JinjaList(schemas),
            ["database_schemas"] = new JinjaList(schemas.Select(s => new JinjaTuple(project.Target.Database, s))),
        };
    }
}
