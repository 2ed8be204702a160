using Models.Database;

namespace Models.Runner.Docs;

/// <summary>The folders of images and other files in descriptions: <c>asset-paths</c> in dbt_project.yml.</summary>
internal static class Assets
{
    /// <summary>Copies each folder to the same relative path below the target, replacing an earlier copy.</summary>
    public static void Copy(string project, IEnumerable<string> paths, string target)
    {
        foreach (var path in paths)
        {
            var from = Path.GetFullPath(path, project);
            var to = Path.GetFullPath(path, target);
            if (!to.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new RunException($"asset-paths names '{path}', which is not a folder inside the project.");
            if (Directory.Exists(to))
                Directory.Delete(to, recursive: true);
            if (!Directory.Exists(from))
                continue;

            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
