using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes;

/// <summary>Files of rows for unit tests, below a fixtures folder of the test paths.</summary>
internal static class Fixtures
{
    /// <summary>The first file of that name; null where there is none.</summary>
    public static string? Find(DbtProject project, string package, string name) => FindAll(project, package, name) is [var first, ..] ? first : null;

    /// <summary>Rows as they are declared, or with the text of the fixture that the declaration names.</summary>
    public static object? Fill(DbtProject project, UnitTestNode test, object? declaration)
    {
        if (MappingValue.Value(declaration, "rows") is not null
            || MappingValue.Value(declaration, "fixture") is not string name || Find(project, test.PackageName, name) is not { } file)
            return declaration;

        try
        {
            return new JinjaDict(MappingValue.Entries(declaration)) { ["rows"] = TextFile.ReadAllText(file) };
        }
        catch (TextFileException)
        {
            // reported when the test runs
            return declaration;
        }
    }

    public static IReadOnlyList<string> FindAll(DbtProject project, string package, string name) =>
    [
        .. from owner in project.Packages
           where owner.Name == package
           from path in new ProjectFiles(owner.Root, IgnoreFile.Read(owner.Root, new DiagnosticBag())).Find(owner.TestPaths, ".csv", ".sql")
           where path.BelowFolder.StartsWith("fixtures/", StringComparison.Ordinal)
               && Path.GetFileNameWithoutExtension(path.Relative) == Path.GetFileNameWithoutExtension(name)
           select path.Absolute,
    ];
}
