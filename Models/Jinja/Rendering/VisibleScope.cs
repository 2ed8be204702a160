namespace Models.Jinja.Rendering;

/// <summary>The variables visible at one position of a template, and its outer names.</summary>
internal sealed class VisibleScope(Dictionary<string, object?> variables, TemplateContext context) : IJinjaScope
{
    public static VisibleScope Of(Frame frame, IReadOnlyList<KeyValuePair<string, VariableReference>> visible)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, reference) in visible)
        {
            if (frame.TryPeek(reference, out var value))
                variables[name] = value;
        }

        return new VisibleScope(variables, frame.Context);
    }

    public bool TryGet(string name, out object? value) =>
        variables.TryGetValue(name, out value)
        || (context.Root is not null && context.Root.TryGetExport(name, out value))
        || context.Globals.TryGet(name, out value);
}
