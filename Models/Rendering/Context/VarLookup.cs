using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Files;

namespace Models.Rendering.Context;

/// <summary>
/// Looks up the value of <c>var()</c>: the command line, then the root project's vars (those under the package's name first), then the package's own.
/// Source: docs.getdbt.com/docs/build/project-variables.
/// </summary>
internal sealed class VarLookup(CompileOptions options, ProjectFile? root, IReadOnlyDictionary<string, ProjectFile> packages)
{
    public bool TryGet(string package, string name, out object? value)
    {
        if (options.Vars.TryGetValue(name, out value))
            return true;
        if (root is not null && TryGet(root.Vars, package, name, out value))
            return true;

        value = null;
        return root?.Name != package && packages.TryGetValue(package, out var own) && TryGet(own.Vars, package, name, out value);
    }

    /// <summary>The names of all vars, for suggestions.</summary>
    public IEnumerable<string> Names(string package)
    {
        IEnumerable<object?> names = [.. options.Vars.Keys, .. root?.Vars.Keys ?? []];
        if (packages.TryGetValue(package, out var own))
            names = names.Concat(own.Vars.Keys);

        return names.OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private static bool TryGet(JinjaDict vars, string package, string name, out object? value)
    {
        if (vars.TryGetValue(package, out var scoped) && scoped is JinjaDict own && own.TryGetValue(name, out value))
            return true;

        return vars.TryGetValue(name, out value);
    }
}
