namespace Models.Warehouse.Tests;

/// <summary>A project's folder copied out of the repository, so that runs side by side do not write into one target folder.</summary>
internal sealed class ProjectCopy : IDisposable
{
    public ProjectCopy(string name)
    {
        var source = Repository.Project(name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] == "target")
                continue;

            var copy = Path.Combine(Folder, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("leadline-warehouse-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
