using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary>The parameters and body of a macro or a call block.</summary>
internal sealed class MacroCode(SourceText source, int start, int length, string name, MacroParameter[] parameters, Body body)
    : AstNode(source, start, length)
{
    public string Name { get; } = name;

    public ReadOnlySpan<MacroParameter> Parameters => parameters;

    public IEnumerable<string> ParameterNames => parameters.Select(p => p.Name);

    public Body Body { get; } = body;

    /// <summary>Whether the body uses <c>varargs</c> and therefore accepts extra positional arguments.</summary>
    public required bool UsesVarargs { get; init; }

    public required bool UsesKwargs { get; init; }

    public required bool UsesCaller { get; init; }

    public int[] Slots { get; private set; } = [];

    public int VarargsSlot { get; private set; } = -1;

    public int KwargsSlot { get; private set; } = -1;

    public int CallerSlot { get; private set; } = -1;

    public int SlotCount => _frame?.SlotCount ?? 0;

    public ScopeEntry[] Entries { get; private set; } = [];

    private FrameLayout? _frame;

    /// <param name="scope">The scope that encloses the macro.</param>
    public override void Bind(Scope scope)
    {
        var inner = scope.InnerFrame();
        _frame = inner.Frame;
        Slots = [.. parameters.Select(p => inner.Parameter(p.Name))];
        if (UsesVarargs)
            VarargsSlot = inner.Parameter("varargs");
        if (UsesKwargs)
            KwargsSlot = inner.Parameter("kwargs");
        if (UsesCaller)
            CallerSlot = inner.Parameter("caller");

        foreach (var parameter in parameters)
            parameter.Default?.Analyze(inner);
        Body.Analyze(inner);
        foreach (var parameter in parameters)
            parameter.Default?.Bind(inner);
        Body.Bind(inner);
        Entries = inner.Entries();
    }
}
