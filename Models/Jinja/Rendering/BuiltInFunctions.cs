using System.Collections.Frozen;
using System.Text;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>Jinja's global functions. Source: Jinja's documentation, "List of Global Functions".</summary>
internal static class BuiltInFunctions
{
    private static readonly FrozenDictionary<string, object?> Functions = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["range"] = new BoundFunction("range", Range),
        ["dict"] = new BoundFunction("dict", Dict),
        ["namespace"] = new BoundFunction("namespace", Namespace),
        ["cycler"] = new BoundFunction("cycler", (context, arguments) => new Cycler(context, arguments)),
        ["joiner"] = new BoundFunction("joiner", (context, arguments) => new Joiner(context.Print(arguments.Get(0, "sep", ", ")))),
        ["lipsum"] = new BoundFunction("lipsum", Lipsum),
        ["return"] = new BoundFunction("return", Return),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryGet(string name, out object? value) => Functions.TryGetValue(name, out value);

    private static JinjaRange Range(CallContext context, CallArguments arguments)
    {
        var numbers = new List<long>();
        foreach (var argument in arguments.Positional)
        {
            if (!PythonNumber.TryLong(argument, out var number))
                throw context.TypeError($"range() takes whole numbers, not {Operators.Describe(argument)}");
            numbers.Add(number);
        }

        var (start, stop, step) = numbers switch
        {
            [var end] => (0, end, 1L),
            [var begin, var end] => (begin, end, 1L),
            [var begin, var end, var by] => (begin, end, by),
            _ => throw context.ArgumentError("range() takes one to three whole numbers"),
        };
        if (step == 0)
            throw context.ValueError("range()'s step cannot be 0");

        var count = step > 0 ? ((Int128)stop - start + step - 1) / step : ((Int128)start - stop - step - 1) / -step;
        if (count > context.Options.MaxRange)
            throw context.Renderer.LimitError(context, $"range() is limited to {context.Options.MaxRange} items, and this one has {count}");

        return new JinjaRange(start, stop, step);
    }

    private static JinjaDict Dict(CallContext context, CallArguments arguments)
    {
        var dict = new JinjaDict();
        if (arguments.Positional.Count > 0)
            Methods.UpdateDict(context, dict, arguments.Positional[0]);
        foreach (var (key, value) in arguments.Keyword)
            dict[key] = value;
        return dict;
    }

    private static JinjaNamespace Namespace(CallContext context, CallArguments arguments)
    {
        var space = new JinjaNamespace();
        foreach (var (key, value) in Dict(context, arguments))
            space.Attributes[PythonText.Str(key)] = value;
        return space;
    }

    /// <summary>Placeholder text; the same at every call.</summary>
    private static string Lipsum(CallContext context, CallArguments arguments)
    {
        string[] words = ["lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do", "eiusmod", "tempor"];
        var paragraphs = PythonNumber.TryLong(arguments.Get(0, "n", 5L), out var n) ? (int)Math.Clamp(n, 0, 100) : 5;
        var isHtml = context.IsTrue(arguments.Get(1, "html", otherwise: true));
        var builder = new StringBuilder();
        for (var p = 0; p < paragraphs; p++)
        {
            var sentence = string.Join(' ', Enumerable.Range(0, 40).Select(i => words[((i * 7) + p) % words.Length]));
            sentence = char.ToUpperInvariant(sentence[0]) + sentence[1..] + ".";
            builder.Append(p == 0 ? "" : isHtml ? "\n" : "\n\n").Append(isHtml ? $"<p>{sentence}</p>" : sentence);
        }

        return builder.ToString();
    }

    private static object? Return(CallContext context, CallArguments arguments)
    {
        if (context.Renderer.Call is null)
            throw Renderer.Fail(TemplateDiagnostics.ReturnOutsideMacro(context.Span, context.Trail));

        throw new ReturnSignal(arguments.Get(0, "data"));
    }

    private sealed class Cycler : IJinjaObject
    {
        private readonly IReadOnlyList<object?> _items;
        private int _at;

        public Cycler(CallContext context, CallArguments arguments)
        {
            if (arguments.Positional.Count == 0)
                throw context.ArgumentError("cycler() needs values to cycle through");
            _items = arguments.Positional;
        }

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "current" => _items[_at],
                "next" => new BoundFunction("next", (_, _) => Next()),
                "reset" => new BoundFunction("reset", (_, _) => Reset()),
                _ => null,
            };
            return name is "current" or "next" or "reset";
        }

        private object? Next()
        {
            var item = _items[_at];
            _at = (_at + 1) % _items.Count;
            return item;
        }

        private object? Reset()
        {
            _at = 0;
            return null;
        }
    }

    private sealed class Joiner(string separator) : IJinjaCallable
    {
        private bool _isUsed;

        public object? Call(CallContext context, CallArguments arguments)
        {
            if (_isUsed)
                return separator;

            _isUsed = true;
            return "";
        }
    }
}
