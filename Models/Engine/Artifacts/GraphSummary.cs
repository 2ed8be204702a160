using System.Text.Json;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.Artifacts;

/// <summary>
/// Writes graph_summary.json: the nodes by number, with the numbers of those that come after them. Source:
/// docs.getdbt.com/reference/artifacts/other-artifacts.
/// </summary>
internal static class GraphSummary
{
    /// <param name="path">The file.</param>
    /// <param name="project">The project.</param>
    /// <param name="withTests">The ids of the nodes after each node where nodes wait for tests; null for a command in which they do not.</param>
    public static void Write(string path, ParsedProject project, IReadOnlyDictionary<string, IReadOnlyList<string>>? withTests)
    {
        var nodes = project.Graph.InOrder;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes)
            numbers.Add(node.UniqueId, numbers.Count);

        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("_invocation_id", project.Options.InvocationId);
        WriteGraph(json, "linked", nodes, numbers, node => project.Graph.Children(node.UniqueId));
        if (withTests is not null)
            WriteGraph(json, "with_test_edges", nodes, numbers, node => withTests[node.UniqueId]);

        json.WriteEndObject();
    }

    private static void WriteGraph(
        Utf8JsonWriter json, string name, IReadOnlyList<Node> nodes, Dictionary<string, int> numbers, Func<Node, IEnumerable<string>> successors)
    {
        json.WriteStartObject(name);
        foreach (var node in nodes)
        {
            json.WriteStartObject(numbers[node.UniqueId].ToString());
            json.WriteString("name", node.UniqueId);
            json.WriteString("type", node.ResourceType.Name());
            var after = successors(node).Select(s => numbers[s]).Order().ToList();
            if (after.Count > 0)
            {
                json.WriteStartArray("succ");
                foreach (var number in after)
                    json.WriteNumberValue(number);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
