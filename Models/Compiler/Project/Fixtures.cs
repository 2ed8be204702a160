using Models.Compiler.Context;
using Models.Compiler.Project.Files;
using Models.Diagnostics;

namespace Models.Compiler.Project;

/// <summary>Files of rows for unit tests, below a fixtures folder of the test paths.</summary>
internal static class Fixtures
{
    public static string? Find(DbtProject project, string package, string name)
    {
        foreach (var file in project.Packages.Where(p => p.Name == package))
        {
            foreach (var path in new ProjectFiles(file.Root, IgnoreFile.Read(file.Root, new DiagnosticBag())).Find(file.TestPaths, ".csv", ".sql"))
            {
                if (path.BelowFolder.StartsWith("fixtures/", StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(path.Relative) == Path.GetFileNameWithoutExtension(name))
                    return path.Absolute;
            }
        }

        return null;
    }
}
