namespace Models.Warehouse.Tests;

/// <summary>Places in and beside the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The published data beside the repository; not every clone has it.</summary>
    public static string? SharedData { get; } = FindSharedData();

    public static string Project(string name) => Path.Combine(Root, "Models", "Warehouse", name);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Solution.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Solution.sln is in no folder above the tests.");

        return folder;
    }

    private static string? FindSharedData()
    {
        var folder = Path.Combine(Root, "..", "shared", "data");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}
