using ArchUnitNET.Loader;

namespace Architecture.Tests;

/// <summary>Which folders of one project use which, and by which types.</summary>
/// <param name="Types">By folder and used folder: the uses, each as <c>type -> type</c>.</param>
internal sealed record FolderUses(IReadOnlyDictionary<(string From, string To), IReadOnlyList<string>> Types)
{
    private const string Root = "(root)";

    /// <summary>Reads a project's assembly, which the solution's build has made.</summary>
    public static FolderUses Of(ProjectFile project)
    {
        var path = project.AssemblyPath;
        File.Exists(path).ShouldBeTrue($"{path} is missing: build the solution first");
        var architecture = new ArchLoader().LoadFilteredDirectory(Path.GetDirectoryName(path), Path.GetFileName(path)).Build();
        var uses =
            from type in architecture.Types
            let folder = Folder(type.FullName, project.Name)
            where folder is not null
            from dependency in type.Dependencies
            let used = Folder(dependency.Target.FullName, project.Name)
            where used is not null && used != folder
            group $"{Shown(type.FullName, project.Name)} -> {Shown(dependency.Target.FullName, project.Name)}" by (folder, used);

        return new FolderUses(
            uses.ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
    }

    /// <summary>The uses that close a circle, the rarest first, because these are the ones to remove: <c>A -> B: type -> type, ...</c>.</summary>
    public IReadOnlyList<string> Circles() =>
    [
        .. Types.Where(use => Reaches(use.Key.To, use.Key.From))
            .OrderBy(use => use.Value.Count)
            .ThenBy(use => use.Key)
            .Select(use => $"{use.Key.From} -> {use.Key.To}: {string.Join(", ", use.Value)}"),
    ];

    private bool Reaches(string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([from]);
        while (next.TryDequeue(out var folder))
        {
            if (folder == to)
                return true;

            if (!seen.Add(folder))
                continue;

            foreach (var (_, used) in Types.Keys.Where(key => key.From == folder))
                next.Enqueue(used);
        }

        return false;
    }

    /// <summary>
    /// The first folder below the project's own; null for a type of another project and for generated code, which lies in no namespace of
    /// it.
    /// </summary>
    private static string? Folder(string type, string project)
    {
        if (!type.StartsWith($"{project}.", StringComparison.Ordinal))
            return null;

        var parts = Shown(type, project).Split('.');
        return parts.Length == 1 ? Root : parts[0];
    }

    /// <summary>A type's name below its project, without the types nested in it and without type arguments.</summary>
    private static string Shown(string type, string project) => type[(project.Length + 1)..].Split('+', '/', '<', '`')[0];
}
