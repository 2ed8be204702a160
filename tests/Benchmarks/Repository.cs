namespace Benchmarks;

/// <summary>Programs of this checkout, built in the same configuration as this one.</summary>
internal static class Repository
{
    private static readonly string s_framework = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
    private static readonly string s_configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);

    public static string Root { get; } = FindRoot();

    /// <summary>The executable that a project was built to.</summary>
    public static string Program(string folder, string name) =>
        Path.Combine(Root, folder, "bin", s_configuration, s_framework, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>The assembly that a project was built to.</summary>
    public static string Library(string folder, string name) => Path.Combine(Root, folder, "bin", s_configuration, s_framework, name + ".dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Solution.sln")))
            folder = folder.Parent;

        return folder?.FullName ?? throw new BenchmarkException("Solution.sln is not above this program: run it from where it was built.");
    }
}
