using Models.Compiler.Diagnostics;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Templates.Parsing.Ast;

/// <summary><c>{% filter name %}text{% endfilter %}</c></summary>
internal sealed class FilterStatement(SourceText source, int start, int length, FilterChain filters, Body body)
    : Statement(source, start, length)
{
    private ScopeEntry[] _entries = [];

    public override void Analyze(Scope scope) => filters.Analyze(scope);

    public override void Bind(Scope scope)
    {
        filters.Bind(scope);
        var inner = scope.Inner();
        body.Analyze(inner);
        body.Bind(inner);
        _entries = inner.Entries();
    }

    public override Flow Execute(Frame frame)
    {
        var renderer = frame.Renderer;
        var outer = renderer.BeginCapture();
        frame.Enter(_entries);
        var flow = body.Execute(frame);
        if (flow != Flow.Next)
        {
            renderer.DropCapture(outer);
            return flow;
        }

        var text = renderer.Print(filters.Apply(frame, renderer.EndCapture(outer)), this);
        renderer.WriteValue(text, Source, Start, Length, this);
        return Flow.Next;
    }
}
