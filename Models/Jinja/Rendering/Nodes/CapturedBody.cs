namespace Models.Jinja.Rendering.Nodes;

/// <summary>A block with its own scope whose output passes through filters to the enclosing statement.</summary>
internal sealed class CapturedBody(FilterChain filters, Body body)
{
    private ScopeEntry[] _entries = [];

    public void Analyze(Scope scope) => filters.Analyze(scope);

    public void Bind(Scope scope)
    {
        filters.Bind(scope);
        var inner = scope.Inner();
        body.Analyze(inner);
        body.Bind(inner);
        _entries = inner.Entries();
    }

    /// <summary>Renders the block; leaving it early discards its text.</summary>
    public Flow Execute(Frame frame, out object? text)
    {
        text = null;
        var renderer = frame.Renderer;
        var outer = renderer.BeginCapture();
        frame.Enter(_entries);
        var flow = body.Execute(frame);
        if (flow == Flow.Next)
            text = filters.Apply(frame, renderer.EndCapture(outer));
        else
            renderer.DropCapture(outer);

        return flow;
    }
}
