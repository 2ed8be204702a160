namespace Models.Jinja.Rendering;

/// <c>super()</c> or <c>self.name()</c>: renders a block and returns its text.
internal sealed class BlockCall(TemplateContext context, string name, int level) : IJinjaCallable, IJinjaObject
{
    public object? Call(CallContext call, CallArguments arguments)
    {
        var renderer = call.Renderer;
        var caller = renderer.EnterMacro(name, call);
        var outer = renderer.BeginCapture();
        context.Blocks![name][level].Run(context, level);
        var text = renderer.EndCapture(outer);
        renderer.LeaveMacro(caller);
        return text;
    }

    public bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute == "super" && level + 1 < context.Blocks![name].Count ? new BlockCall(context, name, level + 1) : null;
        return value is not null;
    }
}

/// <c>self</c>: gives access to the template's blocks by name.
internal sealed class BlockReference(TemplateContext context) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = context.Blocks!.ContainsKey(name) ? new BlockCall(context, name, level: 0) : null;
        return value is not null;
    }
}
