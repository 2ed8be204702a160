using Models.Diagnostics;
using Models.Parsing;
using Models.Parsing.Files;
using Models.Project.Configuration;
using Models.Rendering.Context;

namespace Models.Compiler;

/// <summary>The folders in a project's dbt_project.yml, for commands that work on files instead of models.</summary>
public sealed record ProjectFolders
{
    /// <summary>The project's name, under which other projects install it.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute folder of dbt_project.yml.</summary>
    public required string Root { get; init; }

    /// <summary>The absolute folders of sources: models, seeds, snapshots, analyses, macros, tests, docs and assets.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The absolute folder of installed packages.</summary>
    public required string Packages { get; init; }

    /// <summary>The absolute folders that runs write: artifacts, packages and logs.</summary>
    public required IReadOnlyList<string> Written { get; init; }

    /// <summary>The folders that <c>clean</c> removes, as written; the target folder by default.</summary>
    public required IReadOnlyList<string> CleanTargets { get; init; }

    /// <summary>Reads only dbt_project.yml: no profile and no package is needed.</summary>
    /// <exception cref="DiagnosticException">dbt_project.yml does not exist, or cannot be read.</exception>
    public static ProjectFolders Read(CompileOptions options)
    {
        var root = Path.GetFullPath(options.ProjectDirectory);
        var diagnostics = new DiagnosticBag();
        var vars = VarsFile.Read(root, diagnostics);
        var rendering = new YamlRendering(Bootstrap.NewContext(VarsFile.Over(vars, options), diagnostics, Bootstrap.NoTarget), diagnostics);
        var project = ProjectFileReader.Load(root, diagnostics) is var (source, yaml)
            ? new ProjectFileReader(source, yaml, rendering, diagnostics, vars).Read()
            : null;
        if (project is null)
            throw new DiagnosticException(diagnostics.ToSortedList().First(d => d.Severity == DiagnosticSeverity.Error));

        var target = options.TargetPath ?? project.TargetPath;
        return new ProjectFolders
        {
            Name = project.Name,
            Root = root,
            Sources = [.. project.AllPaths.Concat(project.DocsPaths ?? []).Concat(project.AssetPaths).Select(Absolute).Distinct(StringComparer.Ordinal)],
            Packages = Absolute(project.PackagesPath),
            Written = [Absolute(target), Absolute(project.PackagesPath), Absolute("logs")],
            CleanTargets = project.CleanTargets ?? [target],
        };

        string Absolute(string path) => Path.GetFullPath(Path.Combine(root, path));
    }
}
