namespace Models.Jinja.Rendering;

/// <summary>What a variable of a scope holds when the scope is entered.</summary>
internal enum ScopeEntryKind
{
    /// <summary>Nothing yet: looked up outside when first read.</summary>
    Lookup,

    /// <summary>Certainly no value.</summary>
    Missing,

    /// <summary>The value the same name has in the scope around.</summary>
    Outer,
}

/// <summary>The first value of one variable.</summary>
internal readonly record struct ScopeEntry(int Slot, ScopeEntryKind Kind, VariableReference Outer);
