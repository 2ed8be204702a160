using Models.Analysis;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Artifacts;

/// <summary>The sections of a manifest in order. Source: dbt's public schema of manifest.json, version 12.</summary>
internal sealed class ManifestSections(
    ParsedProject project, ICompiledSql compiled, IReadOnlyDictionary<string, AnalysedNode> analysed)
{
    private const int EntriesPerChunk = 256;

    /// <summary>The section of functions, which dbt has since 1.11, is there only if there are any.</summary>
    public IEnumerable<ManifestSection> All =>
    [
        Section("nodes", Nodes<Node>().Where(n => n is not (SourceNode or ExposureNode or UnitTestNode or SemanticNode or FunctionNode)), (w, n) =>
            w.WriteNode(n), isOfNodes: true),
        Section("sources", Nodes<SourceNode>(), (w, n) => w.WriteSource(n), isOfNodes: true),
        Section("macros", project.Macros, (w, m) => w.Definitions.WriteMacro(m)),
        Section("docs", project.Docs.DistinctBy(d => d.UniqueId), (w, d) => w.Definitions.WriteDoc(d)),
        Section("exposures", Nodes<ExposureNode>(), (w, n) => w.WriteExposure(n), isOfNodes: true),
        Section("unit_tests", Nodes<UnitTestNode>(), (w, n) => w.WriteUnitTest(n), isOfNodes: true),
        Section("groups", project.Groups.DistinctBy(g => g.UniqueId), (w, g) => w.Definitions.WriteGroup(g)),
        Section("group_map", GroupMembers(), (w, g) => w.Definitions.WriteIds(g.Key, g)),
        Section("disabled", project.Disabled.GroupBy(n => n.UniqueId, StringComparer.Ordinal), (w, n) => w.WriteDisabled(n)),
        Section("metrics", Nodes<MetricNode>(), (w, n) => w.WriteSemantic(n)),
        Section<Node>("selectors", [], (_, _) => { }),
        Section("saved_queries", Nodes<SavedQueryNode>(), (w, n) => w.WriteSemantic(n)),
        Section("semantic_models", Nodes<SemanticModelNode>(), (w, n) => w.WriteSemantic(n)),
        .. Nodes<FunctionNode>().Any() ? [Section("functions", Nodes<FunctionNode>(), (w, n) => w.WriteNode(n), isOfNodes: true)] : (ManifestSection[])[],
        Section("parent_map", Nodes<Node>(), (w, n) => w.Definitions.WriteIds(n.UniqueId, project.Graph.Parents(n.UniqueId))),
        Section("child_map", Nodes<Node>(), (w, n) => w.Definitions.WriteIds(n.UniqueId, project.Graph.Children(n.UniqueId))),
    ];

    private IEnumerable<TNode> Nodes<TNode>()
        where TNode : Node => project.Graph.InOrder.OfType<TNode>();

    private IEnumerable<IGrouping<string, string>> GroupMembers() =>
        from node in project.Graph.InOrder
        where node.Group is not null
        group node.UniqueId by node.Group;

    private ManifestSection Section<T>(string name, IEnumerable<T> entries, Action<ManifestNodes, T> write, bool isOfNodes = false) => new(
        name,
        [
            .. entries.Chunk(EntriesPerChunk).Select(chunk => new ManifestChunk(
                Array.ConvertAll(chunk, entry => new Action<ManifestNodes>(writer => write(writer, entry))),
                isOfNodes ? [.. chunk.Cast<Node>()] : [],
                json => new ManifestNodes(json, project, compiled, analysed))),
        ]);
}
