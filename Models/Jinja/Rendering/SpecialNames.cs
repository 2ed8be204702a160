namespace Models.Jinja.Rendering;

/// <summary>
/// Counts the uses of names that a macro (<c>varargs</c>, <c>kwargs</c>, <c>caller</c>) or a loop (<c>loop</c>) provides only if its body uses them.
/// </summary>
internal sealed class SpecialNames
{
    public int Varargs { get; set; }

    public int Kwargs { get; set; }

    public int Caller { get; set; }

    public int Loop { get; set; }
}
