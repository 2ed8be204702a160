using Models.Analysis;
using Models.Analysis.Lineage;
using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>Computes keys that stay the same as long as a node's entry in the manifest does.</summary>
/// <param name="project">The project.</param>
/// <param name="compiled">Compiled SQL by unique id.</param>
/// <param name="analysed">Columns and lineage by unique id.</param>
internal sealed class ManifestKeys(ParsedProject project, ICompiledSql compiled, IReadOnlyDictionary<string, AnalysedNode> analysed)
{
    /// <summary>Returns null if the entry depends on inputs without a digest, such as a seed's file.</summary>
    public Digest? Of(Node node, DigestBuilder key)
    {
        if (!project.ContentHashes.TryGetValue(node.UniqueId, out var content) || node is SeedNode or OperationNode || compiled.IsUnrepeatable(node.UniqueId))
            return null;

        key.Add(content).Add(compiled.DigestOf(node.UniqueId) ?? default);
        key.Add(node.DependsOn.Count);
        foreach (var id in node.DependsOn)
            AddNode(key, id);

        AddNode(key, (node as TestNode)?.AttachedNode);
        AddNode(key, (node as UnitTestNode)?.Model);
        if (node is UnitTestNode test)
        {
            foreach (var fixture in project.FixturesOf(test))
                key.Add(AnalysisScope.FileStamp(fixture));
        }

        if (node is ModelNode model)
        {
            foreach (var column in project.PrimaryKeyOf(model))
                key.Add(column);
        }

        if (analysed.TryGetValue(node.UniqueId, out var known))
            AddAnalysis(key, known);

        return key.Finish();
    }

    /// <summary>Adds the data of another node that an entry contains: its id, name, version and type.</summary>
    private void AddNode(DigestBuilder key, string? id)
    {
        key.Add(id);
        if (id is not null && project.Graph.TryGet(id, out var node))
            key.Add(node.Name).Add((node as ModelNode)?.Version).Add((int)node.ResourceType);
    }

    private static void AddAnalysis(DigestBuilder key, AnalysedNode node)
    {
        key.Add(node.Columns.Count);
        foreach (var column in node.Columns)
            key.Add(column.Name).Add(column.Type);

        key.Add(node.Lineage.Columns.Count);
        foreach (var (column, sources) in node.Lineage.Columns)
        {
            key.Add(column);
            AddSources(key, sources);
        }

        AddSources(key, node.Lineage.Keys);
    }

    private static void AddSources(DigestBuilder key, IReadOnlyList<ColumnSource> sources)
    {
        key.Add(sources.Count);
        foreach (var source in sources)
            key.Add(source.Node).Add(source.Column).Add((int)source.Use);
    }
}
