namespace Models.Jinja.Rendering.Nodes;

/// <summary>The arguments of a call, filter or test as written.</summary>
internal sealed class ArgumentList(
    Expression[] positional,
    (string Name, Expression Value)[] keyword,
    Expression? morePositional,
    Expression? moreKeyword)
{
    public static ArgumentList None { get; } = new([], [], morePositional: null, moreKeyword: null);

    public ReadOnlySpan<Expression> Positional => positional;

    /// <summary>True for exactly one plain argument, as <c>return</c> requires.</summary>
    public bool IsSingle => positional.Length == 1 && keyword.Length == 0 && morePositional is null && moreKeyword is null;

    public bool IsEmpty => positional.Length == 0 && keyword.Length == 0 && morePositional is null && moreKeyword is null;

    /// <summary>The expressions in evaluation order.</summary>
    public IEnumerable<Expression?> Expressions => [.. positional, .. keyword.Select(argument => argument.Value), morePositional, moreKeyword];

    /// <param name="frame">The frame to evaluate in.</param>
    /// <param name="caller">The macro of a call block, passed on as the keyword <c>caller</c>.</param>
    public CallArguments Evaluate(Frame frame, Macro? caller = null)
    {
        if (IsEmpty && caller is null)
            return CallArguments.None;

        return new CallArguments(EvaluatePositional(frame), EvaluateKeyword(frame, caller));
    }

    private object?[] EvaluatePositional(Frame frame)
    {
        if (morePositional is null)
        {
            if (positional.Length == 0)
                return [];

            var values = new object?[positional.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = positional[i].Evaluate(frame);
            return values;
        }

        var all = new List<object?>();
        foreach (var argument in positional)
            all.Add(argument.Evaluate(frame));
        all.AddRange(Operators.ToArray(frame.Renderer, morePositional, morePositional.Evaluate(frame)));
        return [.. all];
    }

    private KeyValuePair<string, object?>[] EvaluateKeyword(Frame frame, Macro? caller)
    {
        if (moreKeyword is null)
        {
            var count = keyword.Length + (caller is null ? 0 : 1);
            if (count == 0)
                return [];

            var values = new KeyValuePair<string, object?>[count];
            for (var i = 0; i < keyword.Length; i++)
                values[i] = new KeyValuePair<string, object?>(keyword[i].Name, keyword[i].Value.Evaluate(frame));
            if (caller is not null)
                values[^1] = new KeyValuePair<string, object?>("caller", caller);
            return values;
        }

        var all = new List<KeyValuePair<string, object?>>();
        foreach (var (name, value) in keyword)
            all.Add(new KeyValuePair<string, object?>(name, value.Evaluate(frame)));
        if (caller is not null)
            all.Add(new KeyValuePair<string, object?>("caller", caller));

        if (moreKeyword.Evaluate(frame) is not JinjaDict more)
            throw frame.Renderer.TypeError(moreKeyword, "what follows '**' must be a dict");
        foreach (var (key, value) in more)
        {
            if (key is not string name)
                throw frame.Renderer.TypeError(moreKeyword, "the keys of what follows '**' must be texts");
            if (all.Exists(argument => argument.Key == name))
                throw frame.Renderer.ArgumentError(moreKeyword, $"the argument '{name}' is given twice");
            all.Add(new KeyValuePair<string, object?>(name, value));
        }

        return [.. all];
    }
}
