using Models.Compiler.Context.Adapter;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Context.Functions;

/// <summary><c>ref</c> and <c>source</c>: captured while parsing, answered with relations afterwards.</summary>
internal static class ReferenceFunctions
{
    public static IReadOnlyDictionary<string, object?> All { get; } = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["ref"] = new HostFunction("ref(model_or_package, model?, version?, v?)", Ref),
        ["source"] = new HostFunction("source(source_name, table_name)", Source),
        ["metric"] = new HostFunction("metric(*)", a => throw a.Context.ValueError("metrics are not supported")),
    };

    private static object? Ref(BoundArguments a)
    {
        var (package, name) = a.Has(1) ? (a.Text(0), a.Text(1)) : (null, a.Text(0));
        if (string.IsNullOrEmpty(name) || a.Raw(0) is Undefined)
            throw a.Context.ArgumentError("'ref' was given no name");

        var reference = new NodeReference(name, package, a.OptionalText(2) ?? a.OptionalText(3), a.Context.Span);
        var context = a.Node;
        if (context.Capture is { } capture)
        {
            capture.Add(reference);
            return Placeholder(context);
        }

        if (context.Project.Nodes is not { } nodes)
            return Placeholder(context);

        var node = nodes.Resolve(context.Package, reference, out var problem) ?? throw new DiagnosticException(problem!);
        if (context.Node is { } reader && !reader.DependsOn.Contains(node.UniqueId))
            throw new DiagnosticException(GraphDiagnostics.UndeclaredRef(reference.Span, reader.Name, node.Name, "{{ ref('" + node.Name + "') }}"));

        return context.RelationOf(node, a.Context.Span);
    }

    private static object? Source(BoundArguments a)
    {
        var reference = new SourceReference(a.Text(0), a.Text(1), a.Context.Span);
        var context = a.Node;
        if (context.Capture is { } capture)
        {
            capture.Add(reference);
            return Placeholder(context);
        }

        if (context.Project.Nodes is not { } nodes)
            return Placeholder(context);

        var source = nodes.Resolve(context.Package, reference, out var problem) ?? throw new DiagnosticException(problem!);
        return context.RelationOf(source, a.Context.Span);
    }

    /// <summary>While parsing, what is read has no name yet.</summary>
    private static RelationObject Placeholder(NodeContext context) => context.Node is RelationNode node
        ? RelationObject.From(node.Relation)
        : new RelationObject { Database = context.Project.Target.Database, Schema = context.Project.Target.Schema, Identifier = "" };
}
