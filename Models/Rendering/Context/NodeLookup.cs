using Models.Diagnostics;
using Models.Project.Diagnostics;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>Resolves <c>ref()</c> and <c>source()</c> to nodes. Immutable.</summary>
internal sealed class NodeLookup
{
    private readonly string _root;
    private readonly Dictionary<string, List<RelationNode>> _referable = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceName, List<SourceNode>> _sources = [];

    private readonly Dictionary<string, List<RelationNode>> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MetricNode>> _metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SemanticModelNode>> _measures = new(StringComparer.Ordinal);

    /// <param name="root">The name of the root project, whose nodes take precedence over those of packages.</param>
    /// <param name="nodes">All nodes, including disabled ones.</param>
    public NodeLookup(string root, IEnumerable<Node> nodes)
    {
        _root = root;
        foreach (var node in nodes)
            Add(node);
    }

    public IEnumerable<string> ReferableNames => _referable.Keys;

    public IEnumerable<SourceName> SourceNames => _sources.Keys;

    /// <summary>Models, seeds and snapshots by name, including disabled ones.</summary>
    public IEnumerable<RelationNode> Named(string name) => _referable.TryGetValue(name, out var nodes) ? nodes : [];

    private void Add(Node node)
    {
        switch (node)
        {
            case ModelNode or SeedNode or SnapshotNode:
                if (!_referable.TryGetValue(node.Name, out var nodes))
                    _referable[node.Name] = nodes = [];
                nodes.Add((RelationNode)node);
                break;
            case FunctionNode function:
                AddTo<RelationNode>(_functions, function.Name, function);
                break;
            case MetricNode metric:
                AddTo(_metrics, metric.Name, metric);
                break;
            case SemanticModelNode semantic:
                foreach (var measure in semantic.Measures)
                    AddTo(_measures, measure, semantic);
                break;
            case SourceNode source:
                if (!_sources.TryGetValue(new SourceName(source.SourceName, source.Name), out var tables))
                    _sources[new SourceName(source.SourceName, source.Name)] = tables = [];
                tables.Add(source);
                break;
        }
    }

    /// <summary>Resolves a <c>ref()</c> in <paramref name="package"/>; returns null and the reason if it cannot be resolved.</summary>
    public RelationNode? Resolve(string package, NodeReference reference, out Diagnostic? problem)
    {
        problem = null;
        if (!_referable.TryGetValue(reference.Name, out var nodes))
        {
            problem = GraphDiagnostics.UnknownRef(reference.Span, reference.Name, ReferableNames);
            return null;
        }

        // the usual case: exactly one node has the name
        if (nodes is [var only] && (reference.Package ?? only.PackageName) == only.PackageName && reference.Version is null
            && only is not ModelNode { Version: not null } && only.Config.Enabled)
            return only;

        var inPackage = InSearchedPackage(package, reference.Package, nodes);
        if (inPackage.Count == 0)
        {
            problem = GraphDiagnostics.UnknownRef(reference.Span, $"{reference.Package}.{reference.Name}", nodes.Select(n => $"{n.PackageName}.{n.Name}"));
            return null;
        }

        var ofVersion = OfVersion(inPackage, reference.Version);
        if (ofVersion.Count == 0)
        {
            var known = inPackage.OfType<ModelNode>().Select(m => m.Version).OfType<string>().ToList();
            problem = known.Count == 0
                ? GraphDiagnostics.UnversionedModel(reference.Span, reference.Name)
                : GraphDiagnostics.UnknownVersion(reference.Span, reference.Name, reference.Version ?? "", known);
            return null;
        }

        var enabled = ofVersion.FindAll(n => n.Config.Enabled);
        if (enabled.Count == 0)
        {
            problem = GraphDiagnostics.DisabledRef(reference.Span, reference.Name, ofVersion[0].OriginalFilePath);
            return null;
        }

        if (enabled.Count > 1)
        {
            problem = GraphDiagnostics.AmbiguousRef(reference.Span, reference.Name, [.. enabled.Select(n => n.PackageName)]);
            return null;
        }

        return enabled[0];
    }

    /// <summary>Resolves a <c>function()</c> in <paramref name="package"/>; returns null and the reason if it cannot be resolved.</summary>
    public RelationNode? ResolveFunction(string package, NodeReference reference, out Diagnostic? problem)
    {
        problem = null;
        var named = InSearchedPackage(package, reference.Package, _functions.GetValueOrDefault(reference.Name) ?? []);
        var enabled = named.FindAll(f => f.Config.Enabled);
        if (enabled is [var only])
            return only;

        problem = (named, enabled) switch
        {
            ([], _) => GraphDiagnostics.UnknownFunction(reference.Span, reference.Name, _functions.Keys),
            (_, []) => GraphDiagnostics.DisabledRef(reference.Span, reference.Name, named[0].OriginalFilePath),
            _ => GraphDiagnostics.AmbiguousRef(reference.Span, reference.Name, [.. enabled.Select(n => n.PackageName)]),
        };
        return null;
    }

    /// <summary>Resolves a <c>source()</c>; returns null and the reason if it cannot be resolved.</summary>
    public SourceNode? Resolve(string package, SourceReference reference, out Diagnostic? problem)
    {
        problem = null;
        if (!_sources.TryGetValue(new SourceName(reference.SourceName, reference.TableName), out var tables))
        {
            problem = GraphDiagnostics.UnknownSource(
                reference.Span, $"{reference.SourceName}.{reference.TableName}", _sources.Keys.Select(k => $"{k.Source}.{k.Table}"));
            return null;
        }

        var table = tables.Find(t => t.PackageName == package && t.Config.Enabled)
            ?? tables.Find(t => t.PackageName == _root && t.Config.Enabled)
            ?? tables.Find(t => t.Config.Enabled);
        if (table is null)
            problem = GraphDiagnostics.DisabledRef(reference.Span, $"{reference.SourceName}.{reference.TableName}", tables[0].OriginalFilePath);
        return table;
    }

    /// <summary>Resolves a metric; returns null and the reason if it cannot be resolved.</summary>
    public MetricNode? Resolve(string package, MetricReference reference, out Diagnostic? problem)
    {
        problem = null;
        var found = Choose(_metrics.GetValueOrDefault(reference.Name), reference.Package, package);
        if (found is null)
            problem = GraphDiagnostics.UnknownMetric(reference.Span, reference.Name, _metrics.Keys);
        return found;
    }

    /// <summary>Finds the semantic model with a measure; returns null and the reason if there is none.</summary>
    public SemanticModelNode? Resolve(string package, MeasureReference reference, out Diagnostic? problem)
    {
        problem = null;
        var found = Choose(_measures.GetValueOrDefault(reference.Name), named: null, package);
        if (found is null)
            problem = GraphDiagnostics.UnknownMeasure(reference.Span, reference.Name, _measures.Keys);
        return found;
    }

    private TNode? Choose<TNode>(List<TNode>? nodes, string? named, string reader)
        where TNode : Node
    {
        var enabled = nodes?.FindAll(n => n.Config.Enabled && (named is null || n.PackageName == named)) ?? [];
        return enabled.Find(n => n.PackageName == reader) ?? enabled.Find(n => n.PackageName == _root) ?? enabled.FirstOrDefault();
    }

    private static void AddTo<TNode>(Dictionary<string, List<TNode>> index, string name, TNode node)
    {
        if (!index.TryGetValue(name, out var nodes))
            index[name] = nodes = [];
        nodes.Add(node);
    }

    /// <summary>Nodes of the first package in dbt's search order that has any: the named package, or the reader's own, the root, then all.</summary>
    private List<RelationNode> InSearchedPackage(string reader, string? named, List<RelationNode> nodes)
    {
        if (named is not null)
            return nodes.FindAll(n => n.PackageName == named);

        foreach (var package in (ReadOnlySpan<string>)[reader, _root])
        {
            var found = nodes.FindAll(n => n.PackageName == package);
            if (found.Exists(n => n.Config.Enabled) || (found.Count > 0 && found.Count == nodes.Count))
                return found;
        }

        return nodes;
    }

    /// <summary>Selects a version; without one, the latest version of a versioned model.</summary>
    private static List<RelationNode> OfVersion(List<RelationNode> nodes, string? version) => nodes.FindAll(n => n is ModelNode { Version: not null } model
        ? version is null ? model.Version == model.LatestVersion : model.Version == version
        : version is null);

    internal sealed record SourceName(string Source, string Table);
}
