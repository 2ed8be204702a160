using System.Text.RegularExpressions;
using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary>A compiled pattern of <c>modules.re</c>.</summary>
internal sealed partial class PatternObject : IJinjaObject
{
    /// <summary>The timeout of a match, so that a slow pattern ends in an error instead of blocking the build.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly string _pattern;
    private readonly Regex _regex;

    public PatternObject(string pattern, RegexOptions options, CallContext context)
    {
        _pattern = pattern;
        try
        {
            _regex = new Regex(ToDotNet(pattern), options, s_limit);
        }
        catch (ArgumentException e)
        {
            throw context.ValueError($"the pattern {PythonText.Repr(pattern)} is not a regular expression: {e.Message}");
        }
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "pattern" => _pattern,
            "match" =>
                new HostFunction("match(string)", a => MatchObject.Of(Timed(a, () => _regex.Match(a.Text(0)) is { Success: true, Index: 0 } m ? m : null))),
            "search" => new HostFunction("search(string)", a => MatchObject.Of(Timed(a, () => _regex.Match(a.Text(0)) is { Success: true } m ? m : null))),
            "fullmatch" => new HostFunction("fullmatch(string)", a => MatchObject.Of(Timed(a, () =>
                new Regex($"^(?:{_regex})$", _regex.Options, s_limit).Match(a.Text(0)) is { Success: true } m && m.Length == a.Text(0).Length ? m : null))),
            "findall" => new HostFunction("findall(string)", a => Timed(a, () => FindAll(a.Text(0)))),
            "finditer" =>
                new HostFunction("finditer(string)", a => Timed(a, () => new JinjaList(_regex.Matches(a.Text(0)).Select(m => (object?)MatchObject.Of(m))))),
            "split" => new HostFunction("split(string, maxsplit?)", a => Timed(a, () => new JinjaList(a.Integer(1, otherwise: 0) is > 0 and var most
                ? _regex.Split(a.Text(0), (int)most + 1)
                : _regex.Split(a.Text(0))))),
            "sub" => new HostFunction("sub(repl, string, count?)", a => Timed(a, () => Substitute(a, out _))),
            "subn" => new HostFunction("subn(repl, string, count?)", a => Timed(a, () => new JinjaTuple(Substitute(a, out var n), n))),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"re.compile({PythonText.Repr(_pattern)})";

    private JinjaList FindAll(string text)
    {
        var found = new JinjaList();
        foreach (Match match in _regex.Matches(text))
        {
            found.Add(match.Groups.Count switch
            {
                1 => match.Value,
                2 => match.Groups[1].Value,
                _ => new JinjaTuple([.. match.Groups.Values.Skip(1).Select(g => g.Value)]),
            });
        }

        return found;
    }

    private string Substitute(BoundArguments a, out long count)
    {
        var done = 0L;
        var most = a.Integer(2, otherwise: 0) is > 0 and var limit ? (int)limit : -1;
        var text = a.Raw(0) is IJinjaCallable callable
            ? _regex.Replace(a.Text(1), m => { done++; return PythonText.Str(a.Context.Call(callable, new CallArguments([MatchObject.Of(m)], []))); }, most)
            : _regex.Replace(a.Text(1), m => { done++; return m.Result(ToDotNetReplacement(a.Text(0))); }, most);
        count = done;
        return text;
    }

    private static T Timed<T>(BoundArguments a, Func<T> match)
    {
        try
        {
            return match();
        }
        catch (RegexMatchTimeoutException)
        {
            throw a.Context.ValueError("the regular expression takes too long");
        }
    }

    /// <summary>Converts Python's <c>(?P&lt;name&gt;...)</c>, <c>(?P=name)</c> and <c>\Z</c>.</summary>
    private static string ToDotNet(string pattern) =>
        pattern.Replace("(?P<", "(?<", StringComparison.Ordinal)
            .Replace(@"\Z", @"\z", StringComparison.Ordinal) is var text
            ? BackReference().Replace(text, @"\k<$1>")
            : pattern;

    /// <summary>Converts <c>\1</c> and <c>\g&lt;name&gt;</c> to <c>${1}</c> and <c>${name}</c>, and escapes dollar signs.</summary>
    private static string ToDotNetReplacement(string replacement) =>
        GroupReference().Replace(replacement.Replace("$", "$$", StringComparison.Ordinal), m => $"${{{m.Groups[1].Value}{m.Groups[2].Value}}}")
            .Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    [GeneratedRegex(@"\(\?P=(\w+)\)")]
    private static partial Regex BackReference();

    [GeneratedRegex(@"\\(?:(\d+)|g<(\w+)>)")]
    private static partial Regex GroupReference();
}
