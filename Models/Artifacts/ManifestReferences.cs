using System.Text.Json;
using Models.Parsing;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Artifacts;

/// <summary>Writes the references of a node.</summary>
internal sealed class ManifestReferences(Utf8JsonWriter json, ParsedProject project)
{
    public void WriteDependencies(Node node)
    {
        json.WriteStartObject("depends_on");
        json.WriteTexts("macros", node.DirectMacros);
        if (node is not SeedNode)
            json.WriteTexts("nodes", node.DependsOn);
        json.WriteEndObject();
    }

    /// <summary>Writes a node's references as its template names them; seeds and unit tests have no such lists.</summary>
    public void WriteReads(Node node)
    {
        WriteRefs(node);
        json.WriteStartArray("sources");
        foreach (var id in node.DependsOn)
        {
            if (Find(id) is not SourceNode source)
                continue;

            json.WriteStartArray();
            json.WriteStringValue(source.SourceName);
            json.WriteStringValue(source.Name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteMetrics(node);
        if (node.FunctionRefs.Count > 0)
            WriteFunctions(node);
    }

    public void WriteRefs(Node node)
    {
        json.WriteStartArray("refs");
        foreach (var id in node.DependsOn)
        {
            if (Find(id) is (ModelNode or SeedNode or SnapshotNode) and var referenced)
                WriteReference(referenced);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes each metric reference, with its package if the template names it.</summary>
    public void WriteMetrics(Node node) => WriteNames("metrics", node.MetricRefs.Select(m => (m.Package, m.Name)));

    /// <summary>Writes each function that a template calls, with its package if the template names it.</summary>
    private void WriteFunctions(Node node) => WriteNames("functions", node.FunctionRefs.Select(f => (f.Package, f.Name)));

    private void WriteNames(string property, IEnumerable<(string? Package, string Name)> references)
    {
        json.WriteStartArray(property);
        foreach (var (package, name) in references)
        {
            json.WriteStartArray();
            if (package is not null)
                json.WriteStringValue(package);
            json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private Node? Find(string id) => project.Graph.TryGet(id, out var node) ? node : null;

    private void WriteReference(Node node)
    {
        json.WriteStartObject();
        json.WriteString("name", node.Name);
        json.WriteNull("package");
        json.WriteString("version", (node as ModelNode)?.Version);
        json.WriteEndObject();
    }
}
