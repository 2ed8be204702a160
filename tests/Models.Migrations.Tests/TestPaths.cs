namespace Models.Migrations.Tests;

/// <summary>Folders that tests read.</summary>
internal static class TestPaths
{
    /// <summary>The root of the repository: the nearest folder above the test's assembly that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Solution.sln")))
            folder = folder.Parent;

        return folder?.FullName ?? throw new InvalidOperationException("No Solution.sln above the tests");
    }
}
