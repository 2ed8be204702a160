using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner.Reporting;

/// <summary>The message that counts the nodes of a project.</summary>
internal static class ProjectInventory
{
    public static string Describe(ParsedProject project)
    {
        var counts = project.Graph.InOrder
            .GroupBy(n => n.ResourceType)
            .Where(g => g.Key != ResourceType.Operation)
            .OrderBy(g => g.Key)
            .Select(g => Count(g.Count(), Noun(g.Key)))
            .Append(Count(project.Macros.Count, "macro"));
        return $"Found {string.Join(", ", counts)}";
    }

    private static string Noun(ResourceType type) => type switch
    {
        ResourceType.Test => "data test",
        ResourceType.Analysis => "analysis",
        _ => type.Name().Replace('_', ' '),
    };

    private static string Count(int count, string noun) =>
        count == 1 ? $"1 {noun}" : $"{count} {noun switch { "analysis" => "analyses", "saved query" => "saved queries", _ => noun + "s" }}";
}
