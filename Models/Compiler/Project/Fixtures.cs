using Models.Compiler.Context;
using Models.Compiler.Project.Files;
using Models.Diagnostics;

namespace Models.Compiler.Project;

/// <summary>Files of rows for unit tests, below a fixtures folder of the test paths.</summary>
internal static class Fixtures
{
    /// <summary>The first file of that name; null where there is none.</summary>
    public static string? Find(DbtProject project, string package, string name) => FindAll(project, package, name) is [var first, ..] ? first : null;

    public static IReadOnlyList<string> FindAll(DbtProject project, string package, string name) =>
    [
        .. from owner in project.Packages
           where owner.Name == package
           from path in new ProjectFiles(owner.Root, IgnoreFile.Read(owner.Root, new DiagnosticBag())).Find(owner.TestPaths, ".csv", ".sql")
           where path.BelowFolder.StartsWith("fixtures/", StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(path.Relative) == Path.GetFileNameWithoutExtension(name)
           select path.Absolute,
    ];
}
