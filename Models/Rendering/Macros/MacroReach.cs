using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Models.Rendering.Macros;

/// <summary>
/// Which built-in macros a built-in macro calls, directly or indirectly. If the project overrides any of them, the built-in macro may behave
/// differently.
/// </summary>
internal sealed partial class MacroReach(MacroIndex macros)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _reached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Package, string Macro), bool> _replaced = new();

    /// <summary>True if nodes of <paramref name="package"/> use an override of the macro or of a macro that it calls.</summary>
    public bool IsReplaced(string package, string macro) =>
        _replaced.GetOrAdd((package, macro), static (key, reach) => reach.Reached(key.Macro).Any(name => reach.IsOwn(key.Package, name)), this);

    private bool IsOwn(string package, string name) =>
        macros.Find(package, name) is { IsBuiltIn: false } || macros.Dispatch(package, name, MacroIndex.BuiltInNamespace) is { IsBuiltIn: false };

    private IReadOnlyList<string> Reached(string macro) => _reached.GetOrAdd(macro, static (start, index) =>
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { start };
        var open = new Stack<string>(reached);
        while (open.TryPop(out var name))
        {
            foreach (var built in (ReadOnlySpan<string>)[name, $"default__{name}", $"postgres__{name}"])
            {
                if (index.FindIn(MacroIndex.BuiltInNamespace, built) is not { } source)
                    continue;

                foreach (var called in NamesIn(source.Definition.Sql))
                {
                    if (index.FindIn(MacroIndex.BuiltInNamespace, called) is not null && reached.Add(called))
                        open.Push(called);
                }
            }
        }

        return [.. reached];
    }, macros);

    /// <summary>Names in the tags of a template that are not attributes, filters or strings, and names passed to <c>dispatch</c>.</summary>
    private static IEnumerable<string> NamesIn(string template) =>
        Tag().Matches(template).SelectMany(tag => Name().Matches(tag.Value)).Select(m => m.Groups["name"].Value);

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\.dispatch\('(?<name>\w+)'|'[^']*'|[.|]\s*\w+|(?<name>[a-z_]\w*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
