namespace Models.Rendering.Context.Macros;

/// <summary>The macros that a rendering called, by unique id.</summary>
internal sealed class MacroCalls
{
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> _direct = new(StringComparer.Ordinal);

    /// <summary>How many macros are being executed inside one another.</summary>
    public int Depth { get; set; }

    /// <summary>All macros, also those that macros called.</summary>
    public IReadOnlyCollection<string> All => _all;

    /// <summary>The macros that the template itself called, in the order of their first use; known while parsing.</summary>
    public IReadOnlyCollection<string> Direct => _direct.Keys;

    public void Add(string macro)
    {
        _all.Add(macro);
        if (Depth == 0)
            _direct.TryAdd(macro, true);
    }
}
