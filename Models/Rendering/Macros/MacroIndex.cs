using System.Collections.Concurrent;

namespace Models.Rendering.Macros;

/// <summary>
/// All macros by package and name, and the resolution of a name for a node: the node's own package comes first, then the root project, then the
/// built-in packages; a qualified name selects a package. Source: docs.getdbt.com/reference/dbt-jinja-functions/dispatch.
/// </summary>
internal sealed class MacroIndex
{
    /// <summary>The namespace of all built-in macros; the adapter's macros take precedence over the general ones.</summary>
    public const string BuiltInNamespace = "dbt";

    public const string AdapterPackage = "dbt_postgres";

    private static readonly string[] s_prefixes = ["postgres", "default"];

    private readonly string _root;
    private readonly Dictionary<string, Dictionary<string, MacroSource>> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MacroSource> _builtIn = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _dispatchOrder;
    private readonly ConcurrentDictionary<DispatchKey, MacroSource?> _dispatched = new();

    /// <param name="root">The root project's name.</param>
    /// <param name="macros">All macros; if two have the same id, the later one is used.</param>
    /// <param name="dispatchOrder">The root project's dispatch configuration.</param>
    public MacroIndex(string root, IEnumerable<MacroSource> macros, IReadOnlyDictionary<string, IReadOnlyList<string>> dispatchOrder)
    {
        _root = root;
        _dispatchOrder = dispatchOrder;
        foreach (var macro in macros)
        {
            var package = macro.Definition.PackageName;
            if (!_packages.TryGetValue(package, out var named))
                _packages[package] = named = new(StringComparer.Ordinal);
            named[macro.Definition.Name] = macro;
        }

        foreach (var package in (ReadOnlySpan<string>)[BuiltInNamespace, AdapterPackage])
        {
            foreach (var (name, macro) in PackageMacros(package))
                _builtIn[name] = macro;
        }
    }

    public IEnumerable<MacroSource> All => _packages.Values.SelectMany(p => p.Values);

    /// <summary>Resolves an unqualified macro name for a node of <paramref name="package"/>.</summary>
    public MacroSource? Find(string package, string name)
    {
        if (PackageMacros(package).TryGetValue(name, out var macro))
            return macro;
        if (package != _root && PackageMacros(_root).TryGetValue(name, out macro))
            return macro;

        return _builtIn.GetValueOrDefault(name);
    }

    public bool IsNamespace(string name) => _packages.ContainsKey(name);

    /// <summary>Resolves the macro <c>space.name</c>.</summary>
    public MacroSource? FindIn(string space, string name) =>
        space == BuiltInNamespace ? _builtIn.GetValueOrDefault(name) : PackageMacros(space).GetValueOrDefault(name);

    /// <summary>The macro names of a namespace, for suggestions.</summary>
    public IEnumerable<string> NamesIn(string space) => space == BuiltInNamespace ? _builtIn.Keys : PackageMacros(space).Keys;

    /// <summary>The macro names that a node of <paramref name="package"/> can call unqualified.</summary>
    public IEnumerable<string> NamesFor(string package) =>
        PackageMacros(package).Keys.Concat(PackageMacros(_root).Keys).Concat(_builtIn.Keys).Distinct(StringComparer.Ordinal);

    /// <summary>Resolves <c>adapter.dispatch(name, space)</c> for a node of <paramref name="package"/>.</summary>
    public MacroSource? Dispatch(string package, string name, string? space) =>
        _dispatched.GetOrAdd(new DispatchKey(package, space, name), static (key, index) => index.FindDispatched(key.Package, key.Name, key.Namespace), this);

    /// <summary>The names that dispatch searches, for the message that none was found.</summary>
    public IEnumerable<string> DispatchCandidates(string name, string? space) =>
        SearchOrder(space).SelectMany(p => s_prefixes, (p, prefix) => p is null ? $"{prefix}__{name}" : $"{p}.{prefix}__{name}");

    /// <summary>
    /// The macro that generates a node's schema, alias or database name, from the root project or built in; a package may define one for its own
    /// nodes.
    /// </summary>
    public MacroSource? FindGenerator(string package, string name) =>
        PackageMacros(_root).GetValueOrDefault(name) ?? PackageMacros(package).GetValueOrDefault(name) ?? _builtIn.GetValueOrDefault(name);

    private MacroSource? FindDispatched(string package, string name, string? space)
    {
        foreach (var searched in SearchOrder(space))
        {
            foreach (var prefix in s_prefixes)
            {
                var candidate = $"{prefix}__{name}";
                if ((searched is null ? Find(package, candidate) : FindIn(searched, candidate)) is { } macro)
                    return macro;
            }
        }

        return null;
    }

    private IEnumerable<string?> SearchOrder(string? space)
    {
        if (space is null)
            return [null];

        return _dispatchOrder.TryGetValue(space, out var configured) ? configured : [_root, space];
    }

    private Dictionary<string, MacroSource> PackageMacros(string package) =>
        _packages.TryGetValue(package, out var macros) ? macros : s_none;

    private static readonly Dictionary<string, MacroSource> s_none = [];

    private sealed record DispatchKey(string Package, string? Namespace, string Name);
}
