using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal sealed class NameExpression(SourceText source, int start, int length, string name) : Expression(source, start, length)
{
    private VariableReference _reference;

    public string Name { get; } = name;

    public override void Analyze(Scope scope) => scope.Load(Name);

    public override void Bind(Scope scope) => _reference = scope.Resolve(Name);

    public override object? Evaluate(Frame frame) => frame.Read(_reference, Name);
}
