namespace Models.Postgres.Machine;

/// <summary>Finds programs.</summary>
internal static class FileSearch
{
    public static string ProgramName(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    /// <summary>The first match of a program on PATH, or null.</summary>
    public static string? OnPath(string name)
    {
        // npm and its like are .cmd files on Windows
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(folder => names.Select(n => Path.Combine(folder, n)))
            .FirstOrDefault(File.Exists);
    }
}
