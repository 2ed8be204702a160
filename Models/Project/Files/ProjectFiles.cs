namespace Models.Project.Files;

/// <summary>Finds a package's files below its configured folders.</summary>
internal sealed class ProjectFiles(string root, IgnoreFile ignore)
{
    public string Root { get; } = root;

    /// <summary>Returns the files below the folders that have one of the extensions, ordered by path, without duplicates.</summary>
    public IReadOnlyList<ProjectFilePath> Find(IEnumerable<string> folders, params ReadOnlySpan<string> extensions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<ProjectFilePath>();
        foreach (var folder in folders)
        {
            var absolute = Path.GetFullPath(Path.Combine(Root, folder));
            if (!Directory.Exists(absolute))
                continue;

            foreach (var file in Directory.EnumerateFiles(absolute, "*", s_options))
            {
                if (!HasExtension(file, extensions))
                    continue;

                var relative = Path.GetRelativePath(Root, file).Replace('\\', '/');
                if (!ignore.Excludes(relative) && seen.Add(relative))
                    found.Add(new ProjectFilePath(file, relative, Path.GetRelativePath(absolute, file).Replace('\\', '/')));
            }
        }

        found.Sort(static (a, b) => string.CompareOrdinal(a.Relative, b.Relative));
        return found;
    }

    private static readonly EnumerationOptions s_options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };

    private static bool HasExtension(string file, ReadOnlySpan<string> extensions)
    {
        foreach (var extension in extensions)
        {
            if (file.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}

/// <summary>One file of a package.</summary>
/// <param name="Absolute">The absolute path.</param>
/// <param name="Relative">The path relative to the package's root, with forward slashes.</param>
/// <param name="BelowFolder">The path relative to the configured folder (model-paths and so on), with forward slashes.</param>
internal sealed record ProjectFilePath(string Absolute, string Relative, string BelowFolder)
{
    /// <summary>What may follow the extension of a file that holds a template. Source: dbt-core 1.12, parser/search.py.</summary>
    public static IReadOnlyList<string> JinjaExtensions { get; } = [".j2", ".jinja2", ".jinja"];

    /// <summary>The file's name without its extension; <c>a</c> for <c>a.sql</c> and <c>a.sql.j2</c>.</summary>
    public string Stem
    {
        get
        {
            var name = Path.GetFileName(Relative);
            if (JinjaExtensions.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } jinja)
                name = name[..^jinja.Length];

            return Path.GetFileNameWithoutExtension(name);
        }
    }
}
