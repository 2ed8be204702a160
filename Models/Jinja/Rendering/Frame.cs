namespace Models.Jinja.Rendering;

/// <summary>
/// The variables of one run of a template, macro or recursive loop. A slot is null until its name is looked up outside, <see cref="Missing"/> if
/// there is no value, <see cref="None"/> for None, otherwise the value.
/// </summary>
internal sealed class Frame(TemplateContext context, Frame? parent, int slots)
{
    public static readonly object Missing = new();

    public static readonly object None = new();

    public object?[] Slots { get; } = new object?[slots];

    public Frame? Parent { get; } = parent;

    public TemplateContext Context { get; } = context;

    public Renderer Renderer { get; } = context.Renderer;

    /// <summary>The names and slots that a template exports; set only on a template's own frame.</summary>
    public IReadOnlyDictionary<string, int>? Exports { get; init; }

    public object? Read(VariableReference reference, string name)
    {
        var frame = this;
        for (var depth = reference.Depth; depth > 0; depth--)
            frame = frame.Parent!;

        var value = frame.Slots[reference.Slot];
        if (value is null)
        {
            value = frame.Context.Resolve(name);
            frame.Slots[reference.Slot] = value ?? None;
            return value;
        }

        if (ReferenceEquals(value, None))
            return null;
        return ReferenceEquals(value, Missing) ? Undefined.OfName(name) : value;
    }

    public void Write(VariableReference reference, object? value)
    {
        var frame = this;
        for (var depth = reference.Depth; depth > 0; depth--)
            frame = frame.Parent!;
        frame.Slots[reference.Slot] = value ?? None;
    }

    /// <summary>Initializes the variables of a scope on entry.</summary>
    public void Enter(ScopeEntry[] entries)
    {
        foreach (var entry in entries)
        {
            Slots[entry.Slot] = entry.Kind switch
            {
                ScopeEntryKind.Missing => Missing,
                ScopeEntryKind.Outer => RawSlot(entry.Outer),
                _ => null,
            };
        }
    }

    /// <summary>Gets the value of a variable that is already set, without looking it up.</summary>
    public bool TryPeek(VariableReference reference, out object? value)
    {
        value = RawSlot(reference);
        if (value is null || ReferenceEquals(value, Missing))
            return false;

        value = ReferenceEquals(value, None) ? null : value;
        return true;
    }

    public bool TryGetExport(string name, out object? value)
    {
        if (Exports is not null && Exports.TryGetValue(name, out var slot)
            && Slots[slot] is { } found && !ReferenceEquals(found, Missing))
        {
            value = ReferenceEquals(found, None) ? null : found;
            return true;
        }

        value = null;
        return false;
    }

    private object? RawSlot(VariableReference reference)
    {
        var frame = this;
        for (var depth = reference.Depth; depth > 0; depth--)
            frame = frame.Parent!;
        return frame.Slots[reference.Slot];
    }
}
