using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

internal sealed class NameTarget(SourceText source, int start, int length, string name) : AssignmentTarget(source, start, length)
{
    private VariableReference _reference;

    public string Name { get; } = name;

    public override void AnalyzeAsParameter(Scope scope) => scope.Parameter(Name);

    public override void Analyze(Scope scope) => scope.Store(Name);

    public override void Bind(Scope scope) => _reference = scope.Resolve(Name);

    public override void Assign(Frame frame, object? value) => frame.Write(_reference, value);
}
