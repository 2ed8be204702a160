namespace Models.Jinja.Rendering;

/// <summary>
/// Leaves a macro from the middle of an expression, as in <c>{{ return(x) if y }}</c>. The usual case, a return as a statement, needs no exception.
/// </summary>
internal sealed class ReturnSignal(object? value) : Exception
{
    public object? Value { get; } = value;
}
