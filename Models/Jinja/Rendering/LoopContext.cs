using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>The variable <c>loop</c> inside a for loop.</summary>
internal sealed class LoopContext(ForStatement statement, Frame outer, object?[] items, int depth) : IJinjaObject, IJinjaCallable
{
    private object?[]? _lastChanged;

    public int Index0 { get; set; }

    /// <c>loop(items)</c>: runs a recursive loop over nested items.
    public object? Call(CallContext context, CallArguments arguments)
    {
        if (!statement.IsRecursive)
            throw context.TypeError("this loop cannot be called: write 'recursive' at the end of its 'for' tag");
        if (arguments.Positional.Count != 1)
            throw context.ArgumentError("loop() takes the items of the deeper level");

        return statement.Recurse(outer, context, arguments.Positional[0], depth + 1);
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => PythonNumber.Box((long)Index0 + 1),
            "index0" => PythonNumber.Box((long)Index0),
            "revindex" => PythonNumber.Box((long)items.Length - Index0),
            "revindex0" => PythonNumber.Box((long)items.Length - Index0 - 1),
            "first" => PythonNumber.Box(Index0 == 0),
            "last" => PythonNumber.Box(Index0 == items.Length - 1),
            "length" => PythonNumber.Box((long)items.Length),
            "depth" => PythonNumber.Box((long)depth + 1),
            "depth0" => PythonNumber.Box((long)depth),
            "previtem" => Index0 > 0 ? items[Index0 - 1] : new Undefined("previtem", "there is no previous item"),
            "nextitem" => Index0 + 1 < items.Length ? items[Index0 + 1] : new Undefined("nextitem", "there is no next item"),
            "cycle" => new BoundFunction("cycle", Cycle),
            "changed" => new BoundFunction("changed", Changed),
            _ => Frame.Missing,
        };
        if (!ReferenceEquals(value, Frame.Missing))
            return true;

        value = null;
        return false;
    }

    public override string ToString() => $"<LoopContext {Index0 + 1}/{items.Length}>";

    private object? Cycle(CallContext context, CallArguments arguments) => arguments.Positional.Count == 0
        ? throw context.ArgumentError("loop.cycle() needs values to cycle through")
        : arguments.Positional[Index0 % arguments.Positional.Count];

    private object? Changed(CallContext context, CallArguments arguments)
    {
        object?[] now = [.. arguments.Positional];
        if (_lastChanged is not null && _lastChanged.SequenceEqual(now, PythonEquality.Instance))
            return PythonNumber.False;

        _lastChanged = now;
        return PythonNumber.True;
    }
}
