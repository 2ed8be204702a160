using Models.Parsing;
using Models.Project.Graph;

namespace Models.Compiler;

/// <summary>The inputs of a compilation outside of its project's folder, so that a build detects their changes.</summary>
internal static class InputsElsewhere
{
    /// <summary>The existing files, except those in one of the <see cref="Folders"/>, without duplicates.</summary>
    public static IReadOnlyList<string> Files(ParsedProject project)
    {
        var folders = Folders(project);
        IEnumerable<string?> read =
        [
            .. project.Graph.InOrder.Select(n => n.Span.File),
            .. project.Graph.InOrder.OfType<SourceNode>().Select(s => s.ContractFile),
            .. project.Macros.Select(m => m.Span.File),
            .. project.ConfigurationFiles,
            project.Options.Reads.ProfilesFile,
        ];
        return
        [
            .. read.OfType<string>().Distinct(StringComparer.Ordinal)
                .Where(f => IsElsewhere(project, f) && !folders.Any(folder => f.StartsWith(folder, StringComparison.Ordinal)) && File.Exists(f))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The folders of packages, each with a trailing separator.</summary>
    public static IReadOnlyList<string> Folders(ParsedProject project) =>
        [.. project.PackageFolders.Select(f => Path.TrimEndingDirectorySeparator(f) + Path.DirectorySeparatorChar)
            .Where(f => IsElsewhere(project, f)).Order(StringComparer.Ordinal)];

    private static bool IsElsewhere(ParsedProject project, string path) =>
        Path.IsPathRooted(path) && !path.StartsWith(Path.GetFullPath(project.Options.ProjectDirectory) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
