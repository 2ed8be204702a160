using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes;

/// <summary>Finds files of rows for unit tests in the fixtures folders of the test paths.</summary>
internal static class Fixtures
{
    /// <summary>Returns the first file of that name, or null.</summary>
    public static string? Find(DbtProject project, string package, string name) => FindAll(project, package, name) is [var first, ..] ? first : null;

    /// <summary>Returns the declaration, with the text of the fixture if it refers to one.</summary>
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
            // the error is reported when the test runs
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
