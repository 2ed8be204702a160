using System.Text.RegularExpressions;
using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary><c>modules.re</c>: docs.python.org/3/library/re.html.</summary>
internal static class RegexModule
{
    private const long IgnoreCase = 2;
    private const long Multiline = 8;
    private const long DotAll = 16;
    private const long Verbose = 64;

    public static HostNamespace Namespace { get; } = new("re", Members());

    private static Dictionary<string, object?> Members()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["IGNORECASE"] = IgnoreCase,
            ["I"] = IgnoreCase,
            ["MULTILINE"] = Multiline,
            ["M"] = Multiline,
            ["DOTALL"] = DotAll,
            ["S"] = DotAll,
            ["VERBOSE"] = Verbose,
            ["X"] = Verbose,
            ["escape"] = new HostFunction("escape(pattern)", a => Regex.Escape(a.Text(0))),
            ["compile"] = new HostFunction("compile(pattern, flags?)", a => new PatternObject(a.Text(0), Options(a.Integer(1, otherwise: 0)), a.Context)),
        };
        // the other functions are the pattern's methods with the pattern as first argument
        foreach (var (name, signature, flagsAt) in (ReadOnlySpan<(string, string, int)>)
        [
            ("match", "match(pattern, string, flags?)", 2), ("search", "search(pattern, string, flags?)", 2),
            ("fullmatch", "fullmatch(pattern, string, flags?)", 2), ("findall", "findall(pattern, string, flags?)", 2),
            ("finditer", "finditer(pattern, string, flags?)", 2), ("split", "split(pattern, string, maxsplit?, flags?)", 3),
            ("sub", "sub(pattern, repl, string, count?, flags?)", 4), ("subn", "subn(pattern, repl, string, count?, flags?)", 4),
        ])
        {
            members[name] = new HostFunction(signature, a =>
            {
                var pattern = a[0] as PatternObject ?? new PatternObject(a.Text(0), Options(a.Integer(flagsAt, otherwise: 0)), a.Context);
                var arguments = new List<object?>();
                for (var i = 1; i < flagsAt; i++)
                {
                    if (a.Has(i))
                        arguments.Add(a[i]);
                }

                return a.Context.Call(a.Context.GetAttribute(pattern, name), new CallArguments(arguments, []));
            });
        }

        return members;
    }

    private static RegexOptions Options(long flags)
    {
        var options = RegexOptions.CultureInvariant;
        if ((flags & IgnoreCase) != 0)
            options |= RegexOptions.IgnoreCase;
        if ((flags & Multiline) != 0)
            options |= RegexOptions.Multiline;
        if ((flags & DotAll) != 0)
            options |= RegexOptions.Singleline;
        if ((flags & Verbose) != 0)
            options |= RegexOptions.IgnorePatternWhitespace;
        return options;
    }
}
