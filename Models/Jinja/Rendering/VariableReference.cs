namespace Models.Jinja.Rendering;

/// <summary>A variable: the number of frames to go out, then the slot.</summary>
internal readonly record struct VariableReference(int Depth, int Slot);
