namespace Models.Jinja.Rendering.Nodes;

/// <summary>Filters applied to the text of a block, in order.</summary>
internal sealed class FilterChain(FilterExpression[] filters)
{
    public static FilterChain None { get; } = new([]);

    public void Analyze(Scope scope)
    {
        foreach (var filter in filters)
            filter.Analyze(scope);
    }

    public void Bind(Scope scope)
    {
        foreach (var filter in filters)
            filter.Bind(scope);
    }

    public object? Apply(Frame frame, object? value)
    {
        foreach (var filter in filters)
            value = filter.Apply(frame, value);
        return value;
    }
}
