namespace Models.Warehouse.Tests;

/// <summary>
/// A project's folder copied out of the repository, with the packages beside it, so that runs side by side do not write into one target folder.
/// </summary>
internal sealed class ProjectCopy : IDisposable
{
    private const string Packages = "packages";

    private readonly string _root = Directory.CreateTempSubdirectory("leadline-warehouse-").FullName;

    /// <param name="source">The project's folder.</param>
    public ProjectCopy(string source)
    {
        Folder = Path.Combine(_root, Path.GetFileName(source));
        Copy(source, Folder);
        Copy(Repository.Project(Packages), Path.Combine(_root, Packages));
    }

    public string Folder { get; }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] == "target")
                continue;

            var copy = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
