namespace Models.Jinja.Rendering;

/// <summary>The initial content of a variable when its scope is entered.</summary>
internal enum ScopeEntryKind
{
    /// <summary>Empty: looked up outside when first read.</summary>
    Lookup,

    /// <summary>No value.</summary>
    Missing,

    /// <summary>The value that the same name has in the enclosing scope.</summary>
    Outer,
}

/// <summary>The initial content of one variable.</summary>
internal readonly record struct ScopeEntry(int Slot, ScopeEntryKind Kind, VariableReference Outer);
