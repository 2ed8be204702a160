using System.Collections.Concurrent;
using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Functions;

/// <summary>
/// The parameters of a host function, written like <c>get_relation(database, schema, identifier?)</c>: <c>?</c> marks an optional parameter, <c>*</c>
/// collects further positional arguments, <c>**</c> further keywords.
/// </summary>
internal sealed class Signature
{
    private static readonly ConcurrentDictionary<string, Signature> s_parsed = new(StringComparer.Ordinal);

    private readonly string[] _parameters;
    private readonly int _required;
    private readonly bool _takesMore;
    private readonly bool _takesKeywords;

    private Signature(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        Name = text[..open];
        var parameters = new List<string>();
        foreach (var part in text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "*")
            {
                _takesMore = true;
            }
            else if (part == "**")
            {
                _takesKeywords = true;
            }
            else
            {
                parameters.Add(part.TrimEnd('?'));
                if (!part.EndsWith('?'))
                    _required = parameters.Count;
            }
        }

        _parameters = [.. parameters];
    }

    public string Name { get; }

    public static Signature Of(string text) => s_parsed.GetOrAdd(text, static t => new Signature(t));

    public BoundArguments Bind(CallContext context, CallArguments arguments)
    {
        var values = new object?[_parameters.Length];
        var given = 0UL;
        List<object?>? more = null;
        for (var i = 0; i < arguments.Positional.Count; i++)
        {
            if (i < values.Length)
            {
                values[i] = arguments.Positional[i];
                given |= 1UL << i;
            }
            else if (_takesMore)
            {
                (more ??= []).Add(arguments.Positional[i]);
            }
            else
            {
                throw context.ArgumentError($"'{Name}' takes {values.Length} arguments, but was given {arguments.Positional.Count}");
            }
        }

        List<KeyValuePair<string, object?>>? keywords = null;
        foreach (var keyword in arguments.Keyword)
        {
            var index = Array.IndexOf(_parameters, keyword.Key);
            if (index >= 0)
            {
                values[index] = keyword.Value;
                given |= 1UL << index;
            }
            else if (_takesKeywords)
            {
                (keywords ??= []).Add(keyword);
            }
            else
            {
                throw context.ArgumentError($"'{Name}' has no argument '{keyword.Key}'; it takes {string.Join(", ", _parameters)}");
            }
        }

        for (var i = 0; i < _required; i++)
        {
            if ((given & (1UL << i)) == 0)
                throw context.ArgumentError($"'{Name}' needs the argument '{_parameters[i]}'");
        }

        return new BoundArguments(context, values, given, more, keywords);
    }
}
