using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Rendering.Context.Adapter;

namespace Models.Rendering.Context.Functions;

/// <c>ref('name')</c>, <c>ref('package', 'name', v=1)</c>, and <c>ref.config</c>, from which packages read the project's configuration.
internal sealed class RefFunction(DbtProject? project = null) : IJinjaCallable, IJinjaObject
{
    private static readonly Signature s_signature = Signature.Of("ref(model_or_package, model?, version?, v?)");

    public object? Call(CallContext context, CallArguments arguments) => Ref(s_signature.Bind(context, arguments));

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "config" && project is not null ? new ProjectConfigObject(project) : null;
        return value is not null;
    }

    public override string ToString() => "<function ref>";

    private static RelationObject Ref(BoundArguments a)
    {
        var (package, name) = a.Has(1) ? (a.Text(0), a.Text(1)) : (null, a.Text(0));
        if (string.IsNullOrEmpty(name) || a.Raw(0) is Undefined)
            throw a.Context.ArgumentError("'ref' was given no name");

        var reference = new NodeReference(name, package, a.OptionalText(2) ?? a.OptionalText(3), a.Context.Span);
        var context = a.Node;
        if (context.Capture is { } capture)
        {
            capture.Add(reference);
            return ReferenceFunctions.Placeholder(context);
        }

        if (context.Resolved?.Nodes is not { } nodes)
            return ReferenceFunctions.Placeholder(context);

        var node = nodes.Resolve(context.Package, reference, out var problem) ?? throw new DiagnosticException(problem!);
        if (context.Node is { } reader && !reader.DependsOn.Contains(node.UniqueId))
            throw new DiagnosticException(GraphDiagnostics.UndeclaredRef(reference.Span, reader.Name, node.Name, "{{ ref('" + node.Name + "') }}"));

        return context.RelationOf(node);
    }
}
