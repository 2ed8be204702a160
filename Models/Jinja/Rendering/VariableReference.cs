namespace Models.Jinja.Rendering;

/// <summary>A variable: so many frames out, then a slot.</summary>
internal readonly record struct VariableReference(int Depth, int Slot);
