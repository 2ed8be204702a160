namespace Models.Jinja.Rendering;

/// <summary>
/// Leaves a macro from the middle of an expression, as in <c>{{ return(x) if y }}</c>. A return that is a statement of its own,
/// the usual case, needs no exception.
/// </summary>
internal sealed class ReturnSignal(object? value) : Exception
{
    public object? Value { get; } = value;
}
