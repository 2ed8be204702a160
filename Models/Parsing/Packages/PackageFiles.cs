using Models.Diagnostics;
using Models.Project.Files;

namespace Models.Parsing.Packages;

/// <summary>A package and its files, which are listed once.</summary>
internal sealed class PackageFiles
{
    private const string GenericTests = "generic/";

    /// <summary>The extensions that a .sql or .md file may have besides, if dbt's flag <c>allow_jinja_file_extensions</c> is set.</summary>
    private static readonly string[] s_jinjaExtensions = ["", .. ProjectFilePath.JinjaExtensions];

    public PackageFiles(ProjectFile project, bool jinjaExtensions, DiagnosticBag diagnostics)
    {
        Project = project;
        var files = new ProjectFiles(project.Root, IgnoreFile.Read(project.Root, diagnostics));
        var sql = WithJinja(".sql", jinjaExtensions);
        Models = files.Find(project.ModelPaths, [.. sql, ".py"]);
        Seeds = files.Find(project.SeedPaths, ".csv");
        Snapshots = files.Find(project.SnapshotPaths, sql);
        Analyses = files.Find(project.AnalysisPaths, sql);
        Functions = files.Find(project.FunctionPaths, [.. sql, ".py", ".js"]);
        var tests = files.Find(project.TestPaths, sql);
        SingularTests = [.. tests.Where(
            t => !t.BelowFolder.StartsWith(GenericTests, StringComparison.Ordinal) && !t.BelowFolder.StartsWith("fixtures/", StringComparison.Ordinal))];
        Fixtures = files.Find(project.TestPaths, ".csv", ".sql");
        MacroFiles = [.. files.Find(project.MacroPaths, sql), .. tests.Where(t => t.BelowFolder.StartsWith(GenericTests, StringComparison.Ordinal))];
        Properties = files.Find(project.AllPaths, ".yml", ".yaml");
        Docs = files.Find(project.DocsPaths ?? [.. project.AllPaths, "docs"], WithJinja(".md", jinjaExtensions));
    }

    public ProjectFile Project { get; }

    public IReadOnlyList<ProjectFilePath> Models { get; }

    public IReadOnlyList<ProjectFilePath> Seeds { get; }

    public IReadOnlyList<ProjectFilePath> Snapshots { get; }

    public IReadOnlyList<ProjectFilePath> Analyses { get; }

    public IReadOnlyList<ProjectFilePath> Functions { get; }

    public IReadOnlyList<ProjectFilePath> SingularTests { get; }

    /// <summary>Files below the test paths that a unit test may use as fixtures.</summary>
    public IReadOnlyList<ProjectFilePath> Fixtures { get; }

    public IReadOnlyList<ProjectFilePath> MacroFiles { get; }

    public IReadOnlyList<ProjectFilePath> Properties { get; }

    public IReadOnlyList<ProjectFilePath> Docs { get; }

    private static string[] WithJinja(string extension, bool jinjaExtensions) =>
        jinjaExtensions ? [.. s_jinjaExtensions.Select(e => extension + e)] : [extension];
}
