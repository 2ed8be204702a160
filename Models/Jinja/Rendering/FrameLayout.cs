namespace Models.Jinja.Rendering;

/// <summary>Allocates the slots of one frame.</summary>
internal sealed class FrameLayout(FrameLayout? parent)
{
    public FrameLayout? Parent { get; } = parent;

    public int SlotCount { get; private set; }

    public int NewSlot() => SlotCount++;
}
