namespace Models.Jinja.Rendering;

/// <summary>
/// How often the names were read that a macro takes (<c>varargs</c>, <c>kwargs</c>, <c>caller</c>) or a loop makes (<c>loop</c>)
/// only where its body reads them.
/// </summary>
internal sealed class SpecialNames
{
    public int Varargs { get; set; }

    public int Kwargs { get; set; }

    public int Caller { get; set; }

    public int Loop { get; set; }
}
