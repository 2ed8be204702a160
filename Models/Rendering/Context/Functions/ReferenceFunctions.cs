using Models.Diagnostics;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Rendering.Context.Adapter;

namespace Models.Rendering.Context.Functions;

/// <summary>Functions that reference other nodes: recorded while parsing, resolved to relations afterwards.</summary>
internal static class ReferenceFunctions
{
    public static IReadOnlyDictionary<string, object?> All { get; } = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["ref"] = new RefFunction(),
        ["source"] = new HostFunction("source(source_name, table_name)", Source),
        ["metric"] = new HostFunction("metric(metric_or_package, metric?)", Metric),
        ["function"] = new HostFunction("function(function_or_package, function?)", Function),
    };

    private static object? Source(BoundArguments a)
    {
        var reference = new SourceReference(a.Text(0), a.Text(1), a.Context.Span);
        var context = a.Node;
        if (context.Capture is { } capture)
        {
            capture.Add(reference);
            return Placeholder(context);
        }

        if (context.Resolved?.Nodes is not { } nodes)
            return Placeholder(context);

        var source = nodes.Resolve(context.Package, reference, out var problem) ?? throw new DiagnosticException(problem!);
        return context.RelationOf(source);
    }

    /// <summary>A function prints its qualified name, which the arguments of the call follow.</summary>
    private static RelationObject Function(BoundArguments a)
    {
        var (package, name) = a.Has(1) ? (a.Text(0), a.Text(1)) : (null, a.Text(0));
        var reference = new NodeReference(name, package, Version: null, a.Context.Span);
        var context = a.Node;
        if (context.Capture is { } capture)
        {
            capture.AddFunction(reference);
            return Placeholder(context);
        }

        if (context.Resolved?.Nodes is not { } nodes)
            return Placeholder(context);

        var function = nodes.ResolveFunction(context.Package, reference, out var problem) ?? throw new DiagnosticException(problem!);
        if (context.Node is { } reader && !reader.DependsOn.Contains(function.UniqueId))
            throw new DiagnosticException(GraphDiagnostics.UndeclaredRef(reference.Span, reader.Name, name, "{{ function('" + name + "') }}"));

        return RelationObject.From(context.Relations.Of(function));
    }

    /// <summary>A metric prints its name.</summary>
    private static string Metric(BoundArguments a)
    {
        var (package, name) = a.Has(1) ? (a.Text(0), a.Text(1)) : (null, a.Text(0));
        a.Node.Capture?.Add(new MetricReference(name, package, a.Context.Span));
        return name;
    }

    /// <summary>The relation used while parsing, when references are not resolved yet.</summary>
    public static RelationObject Placeholder(NodeContext context) => context.Node is RelationNode node
        ? RelationObject.From(node.Relation)
        : new RelationObject { Database = context.Project.Target.Database, Schema = context.Project.Target.Schema, Identifier = "" };
}
