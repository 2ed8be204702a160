using Models.Diagnostics;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Parsing.Graph;

/// <summary>Resolves the references of every node, checks them, and sorts the enabled nodes.</summary>
internal sealed class GraphBuilder(NodeLookup lookup, DiagnosticBag diagnostics, IReadOnlySet<string> restrictedPackages)
{
    public ProjectGraph Build(IReadOnlyList<Node> nodes)
    {
        var enabled = new List<Node>(nodes.Count);
        foreach (var node in nodes)
        {
            if (node.Config.Enabled)
                enabled.Add(node);
        }

        // files are parsed in parallel; sorting makes the order of nodes with the same id repeatable
        enabled.Sort(static (a, b) => string.CompareOrdinal(a.UniqueId, b.UniqueId) is var order && order != 0 ? order : ComparePlaces(a, b));
        RemoveDuplicates(enabled);
        var resolved = new List<Node>(enabled.Count);
        foreach (var node in enabled)
        {
            if (Resolve(node) is { } kept)
                resolved.Add(kept);
        }

        CheckRelations(resolved);
        return new ProjectGraph(SemanticLayer.Complete(new TopologicalSort(resolved, diagnostics).Sort()));
    }

    private static int ComparePlaces(Node a, Node b) => string.CompareOrdinal(a.OriginalFilePath, b.OriginalFilePath) is var order && order != 0
        ? order
        : (a.Span.StartLine, a.Span.StartColumn).CompareTo((b.Span.StartLine, b.Span.StartColumn));

    /// <summary>Returns the node with resolved references, or null to omit it: a test of a disabled node.</summary>
    private Node? Resolve(Node node)
    {
        var dependsOn = new List<string>();
        var refs = new List<NodeReference>(node.Refs.Count);
        foreach (var reference in node.Refs)
        {
            var target = lookup.Resolve(node.PackageName, reference, out var problem);
            if (target is null && node is TestNode or UnitTestNode && problem!.Id == "MDL3003")
            {
                diagnostics.Add(GraphDiagnostics.TestTargetDisabled(node.Span, node.Name, reference.Name));
                return null;
            }

            refs.Add(target is null ? reference : reference with { UniqueId = target.UniqueId });
            DependOn(dependsOn, target, problem);
            if (target is not null)
                CheckAccess(node, target, reference);
        }

        foreach (var reference in node.FunctionRefs)
            DependOn(dependsOn, lookup.ResolveFunction(node.PackageName, reference, out var problem), problem);

        ResolveMetrics(node, dependsOn);
        var sources = new List<SourceReference>(node.SourceRefs.Count);
        foreach (var reference in node.SourceRefs)
        {
            var target = lookup.Resolve(node.PackageName, reference, out var problem);
            if (target is null && node is TestNode && problem!.Id == "MDL3003")
                return null;

            sources.Add(target is null ? reference : reference with { UniqueId = target.UniqueId });
            DependOn(dependsOn, target, problem);
        }

        return node with { Refs = refs, SourceRefs = sources, DependsOn = dependsOn };
    }

    private void ResolveMetrics(Node node, List<string> dependsOn)
    {
        foreach (var measure in (node as MetricNode)?.MeasureRefs ?? [])
            DependOn(dependsOn, lookup.Resolve(node.PackageName, measure, out var problem), problem);

        foreach (var reference in node.MetricRefs)
            DependOn(dependsOn, lookup.Resolve(node.PackageName, reference, out var problem), problem);
    }

    private void DependOn(List<string> dependsOn, Node? target, Diagnostic? problem)
    {
        if (target is null)
            diagnostics.Add(problem!);
        else if (!dependsOn.Contains(target.UniqueId))
            dependsOn.Add(target.UniqueId);
    }

    /// <summary>Checks access modifiers. Source: docs.getdbt.com/docs/mesh/govern/model-access.</summary>
    private void CheckAccess(Node reader, RelationNode target, NodeReference reference)
    {
        if (target is not ModelNode model)
            return;

        if (model.Access == "private" && model.Group is not null && reader.Group != model.Group && reader is not (TestNode or UnitTestNode))
            diagnostics.Add(GraphDiagnostics.PrivateModel(reference.Span, model.Name, model.Group));
        else if (model.Access != "public" && model.PackageName != reader.PackageName && restrictedPackages.Contains(model.PackageName))
            diagnostics.Add(GraphDiagnostics.ProtectedModel(reference.Span, model.Name, model.PackageName, reader.PackageName));
    }

    private void RemoveDuplicates(List<Node> sorted)
    {
        for (var i = sorted.Count - 1; i > 0; i--)
        {
            if (sorted[i].UniqueId != sorted[i - 1].UniqueId)
                continue;

            // the same generic test may be declared twice on one column
            if (sorted[i] is not TestNode { TestName: not null })
                diagnostics.Add(GraphDiagnostics.DuplicateNode(sorted[i].Span, sorted[i].ResourceType.Name(), sorted[i].Name, sorted[i - 1].Span));
            sorted.RemoveAt(i);
        }
    }

    private void CheckRelations(List<Node> nodes)
    {
        var built = new Dictionary<Relation, Node>();
        var names = new Dictionary<string, Node>(StringComparer.Ordinal);
        var functions = new Dictionary<Relation, Node>();
        foreach (var node in nodes)
        {
            if (node is FunctionNode { Relation: var function } && !functions.TryAdd(function, node))
                diagnostics.Add(GraphDiagnostics.AmbiguousRelation(node.Span, functions[function].UniqueId, node.UniqueId, function.ToString()));
            if (node is not (ModelNode or SeedNode or SnapshotNode))
                continue;

            // two nodes with the same name also have the same relation, which is reported once
            var relation = (RelationNode)node;
            if (node is not ModelNode { Version: not null } && !names.TryAdd($"{node.PackageName}.{node.Name}", node))
                diagnostics.Add(GraphDiagnostics.DuplicateNode(node.Span, node.ResourceType.Name(), node.Name, names[$"{node.PackageName}.{node.Name}"].Span));
            else if (node is not ModelNode { IsEphemeral: true } && !built.TryAdd(relation.Relation, node))
                diagnostics.Add(GraphDiagnostics.AmbiguousRelation(node.Span, built[relation.Relation].UniqueId, node.UniqueId, relation.Relation.ToString()));
        }
    }
}
