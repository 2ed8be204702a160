using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Functions;

/// <c>var('name', default)</c>, whose value may be a template, and <c>var.has_var('name')</c>.
internal sealed class VarFunction : IJinjaCallable, IJinjaObject
{
    private static readonly Signature s_signature = Signature.Of("var(name, default?)");

    private static readonly HostFunction s_hasVar = new("has_var(name)", a => TryGet(a.Node, a.Text(0), out _));

    public object? Call(CallContext context, CallArguments arguments)
    {
        var a = s_signature.Bind(context, arguments);
        var name = a.Text(0);
        if (TryGet(a.Node, name, out var value))
            return value is string text && TextTemplate.IsTemplate(text) ? Rendered(text, name, a.Node, context) : value;
        if (a.Has(1))
            return a.Raw(1);
        // a model that is never built may use a var that the project does not set
        if (!a.Node.Execute && a.Node.Capture is not null)
            return null;

        throw new DiagnosticException(ContextDiagnostics.MissingVar(context.Span, name, a.Node.Project.Vars.Names(a.Node.Package), context.Trail));
    }

    // a var may contain a template, often a ref or source, which then counts as a read of the node that uses the var
    private static string Rendered(string text, string name, NodeContext node, CallContext context)
    {
        if (!node.VarsRendering.Add(name))
            return text;

        try
        {
            return TextTemplate.Render(text, context.Span, node);
        }
        finally
        {
            node.VarsRendering.Remove(name);
        }
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "has_var" ? s_hasVar : null;
        return value is not null;
    }

    public override string ToString() => "<function var>";

    private static bool TryGet(NodeContext context, string name, out object? value) =>
        context.Mode.Vars.TryGetValue(name, out value) || context.Project.Vars.TryGet(context.Package, name, out value);
}
