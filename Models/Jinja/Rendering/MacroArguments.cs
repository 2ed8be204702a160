using Models.Diagnostics;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>Binds arguments to a macro's parameters.</summary>
internal static class MacroArguments
{
    public static void Bind(CallContext call, MacroCode code, Frame frame, CallArguments arguments)
    {
        var parameters = code.Parameters;
        var positional = arguments.Positional;
        var given = Math.Min(positional.Count, parameters.Length);
        for (var i = 0; i < given; i++)
            frame.Slots[code.Slots[i]] = positional[i] ?? Frame.None;

        BindVarargs(call, code, frame, positional);
        var kwargs = code.UsesKwargs ? new JinjaDict() : null;
        if (code.UsesKwargs)
            frame.Slots[code.KwargsSlot] = kwargs;
        if (code.UsesCaller)
            frame.Slots[code.CallerSlot] = new Undefined("caller", $"the macro '{code.Name}' was called without a call block, so it has no 'caller'");

        foreach (var (name, value) in arguments.Keyword)
            BindKeyword(call, code, frame, given, kwargs, name, value);

        for (var i = given; i < parameters.Length; i++)
        {
            if (frame.Slots[code.Slots[i]] is not null)
                continue;

            var parameter = parameters[i];
            frame.Slots[code.Slots[i]] = parameter.Default is null
                ? new Undefined(parameter.Name, $"the parameter '{parameter.Name}' of macro '{code.Name}' was not given")
                : parameter.Default.Evaluate(frame) ?? Frame.None;
        }
    }

    private static void BindVarargs(CallContext call, MacroCode code, Frame frame, IReadOnlyList<object?> positional)
    {
        if (code.UsesVarargs)
            frame.Slots[code.VarargsSlot] = new JinjaTuple([.. positional.Skip(code.Parameters.Length)]);
        else if (positional.Count > code.Parameters.Length)
            throw call.ArgumentError($"macro '{code.Name}' takes {Count(code.Parameters.Length)} and was given {positional.Count}");
    }

    private static void BindKeyword(CallContext call, MacroCode code, Frame frame, int given, JinjaDict? kwargs, string name, object? value)
    {
        var index = IndexOf(code.Parameters, name);
        if (index >= 0)
        {
            if (index < given)
                throw call.ArgumentError($"macro '{code.Name}' was given the argument '{name}' twice");
            frame.Slots[code.Slots[index]] = value ?? Frame.None;
        }
        else if (name == "caller" && code.UsesCaller)
        {
            frame.Slots[code.CallerSlot] = value ?? Frame.None;
        }
        else if (kwargs is not null)
        {
            kwargs[name] = value;
        }
        else
        {
            throw call.ArgumentError(name == "caller"
                ? $"macro '{code.Name}' is called with a call block but never uses 'caller()'"
                : $"macro '{code.Name}' has no parameter '{name}'{NearName.Hint(name, code.ParameterNames)}");
        }
    }

    private static int IndexOf(ReadOnlySpan<MacroParameter> parameters, string name)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Name == name)
                return i;
        }

        return -1;
    }

    private static string Count(int parameters) => parameters switch
    {
        0 => "no arguments",
        1 => "one argument",
        _ => $"{parameters} arguments",
    };
}
