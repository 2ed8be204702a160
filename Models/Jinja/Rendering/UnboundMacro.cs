using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>A macro of a file with the names it sees; it can be called in any rendering.</summary>
internal sealed class UnboundMacro(MacroCode code, IJinjaScope globals) : IJinjaCallable, IJinjaObject
{
    public object? Call(CallContext context, CallArguments arguments) => Bind(context.Renderer).Call(context, arguments);

    public bool TryGetAttribute(string name, out object? value) => new Macro(code, context: null!, outer: null!).TryGetAttribute(name, out value);

    public override string ToString() => $"<Macro '{code.Name}'>";

    private Macro Bind(Renderer renderer)
    {
        var context = new TemplateContext(renderer, globals);
        return new Macro(code, context, new Frame(context, parent: null, slots: 0));
    }
}
