using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>
/// The names of one scope while a template is bound. Jinja decides statically where a name lives: a name that the scope assigns belongs to it (and
/// starts as a copy of the outer one), a name that it only reads belongs to the nearest enclosing scope that has it. Source: Jinja's documentation,
/// "Assignments" and "Block nesting and scope".
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Symbol> _symbols = new(StringComparer.Ordinal);
    private int _conditions;
    private int _branches;

    private Scope(FrameLayout frame, Scope? parent)
    {
        Frame = frame;
        Parent = parent;
    }

    public FrameLayout Frame { get; }

    public Scope? Parent { get; }

    /// <summary>True for the template's own scope: names assigned there are exported.</summary>
    public bool IsTopLevel => Parent is null;

    /// <summary>The template's settings, from the outermost scope.</summary>
    public required TemplateSyntax Syntax { get; init; }

    /// <summary>Receives errors about names that are found before rendering.</summary>
    public required DiagnosticBag Diagnostics { get; init; }

    /// <summary>True inside an if: a branch may be for other versions, so that an unknown name is an error only when it is reached, as in Jinja.</summary>
    public bool IsInBranch => _branches > 0;

    public static Scope Outermost(TemplateSyntax syntax, DiagnosticBag diagnostics) =>
        new(new FrameLayout(parent: null), parent: null) { Syntax = syntax, Diagnostics = diagnostics };

    /// <summary>Creates a nested scope in the same frame.</summary>
    public Scope Inner() => new(Frame, this) { Syntax = Syntax, Diagnostics = Diagnostics };

    /// <summary>Creates a nested scope whose code runs in its own frame.</summary>
    public Scope InnerFrame() => new(new FrameLayout(Frame), this) { Syntax = Syntax, Diagnostics = Diagnostics };

    /// <summary>Records that the scope reads a name.</summary>
    public void Load(string name)
    {
        if (Find(name) is null)
            _symbols[name] = new Symbol(Frame.NewSlot(), ScopeEntryKind.Lookup, default);
    }

    /// <summary>Records that the scope assigns a name.</summary>
    public void Store(string name)
    {
        if (_symbols.TryGetValue(name, out var known))
        {
            known.IsStored = true;
            return;
        }

        var outer = Parent?.Find(name);
        var kind = outer is not null ? ScopeEntryKind.Outer : _conditions > 0 ? ScopeEntryKind.Lookup : ScopeEntryKind.Missing;
        _symbols[name] = new Symbol(Frame.NewSlot(), kind, outer is null ? default : Relative(outer.Value)) { IsStored = true };
    }

    /// <summary>Declares a name whose value is set on entry to the scope.</summary>
    public int Parameter(string name)
    {
        if (!_symbols.TryGetValue(name, out var symbol))
            _symbols[name] = symbol = new Symbol(Frame.NewSlot(), ScopeEntryKind.Lookup, default);
        symbol.IsParameter = true;
        return symbol.Slot;
    }

    /// <summary>The following code may not run.</summary>
    public void BeginCondition() => _conditions++;

    public void EndCondition() => _conditions--;

    /// <summary>The following code belongs to an if.</summary>
    public void BeginBranch() => _branches++;

    public void EndBranch() => _branches--;

    /// <summary>Finds the slot of a name that the scope reads or assigns.</summary>
    public VariableReference Resolve(string name) =>
        Find(name) is { } found ? Relative(found) : throw new InvalidOperationException($"'{name}' was not noted.");

    /// <summary>All names visible here that a scope declares.</summary>
    public IReadOnlyList<KeyValuePair<string, VariableReference>> Visible()
    {
        var visible = new Dictionary<string, VariableReference>(StringComparer.Ordinal);
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            foreach (var name in scope._symbols.Keys)
                visible.TryAdd(name, Resolve(name));
        }

        return [.. visible];
    }

    /// <summary>The entries to apply on entry. Names that are only looked up need none: their slots start empty.</summary>
    public ScopeEntry[] Entries()
    {
        List<ScopeEntry>? entries = null;
        foreach (var symbol in _symbols.Values)
        {
            if (!symbol.IsParameter && (symbol.IsStored || symbol.Kind != ScopeEntryKind.Lookup))
                (entries ??= []).Add(new ScopeEntry(symbol.Slot, symbol.Kind, symbol.Outer));
        }

        return entries is null ? [] : [.. entries];
    }

    /// <summary>The assigned names and their slots.</summary>
    public Dictionary<string, int> StoredNames() =>
        _symbols.Where(s => s.Value.IsStored).ToDictionary(s => s.Key, s => s.Value.Slot, StringComparer.Ordinal);

    private (FrameLayout Frame, int Slot)? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._symbols.TryGetValue(name, out var symbol))
                return (scope.Frame, symbol.Slot);
        }

        return null;
    }

    private VariableReference Relative((FrameLayout Frame, int Slot) found)
    {
        var depth = 0;
        for (var frame = Frame; !ReferenceEquals(frame, found.Frame); frame = frame.Parent!)
            depth++;
        return new VariableReference(depth, found.Slot);
    }

    private sealed class Symbol(int slot, ScopeEntryKind kind, VariableReference outer)
    {
        public int Slot { get; } = slot;

        public ScopeEntryKind Kind { get; } = kind;

        public VariableReference Outer { get; } = outer;

        public bool IsStored { get; set; }

        public bool IsParameter { get; set; }
    }
}
