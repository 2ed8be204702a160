using Models.Parsing.Files;

namespace Models.Parsing.Packages;

/// <summary>Finds the folder of a <c>local:</c> entry.</summary>
internal static class LocalPackage
{
    /// <summary>
    /// dbt resolves every local path relative to the root project, even one listed by a package; a package that is also a project of its own, with
    /// packages beside it, means its own folder. The first of the two folders that contains a project is used.
    /// </summary>
    /// <param name="root">The folder of the root project.</param>
    /// <param name="listing">The folder of the project or package whose packages.yml contains the entry.</param>
    /// <param name="local">The entry's path.</param>
    public static string Find(string root, string listing, string local)
    {
        var fromRoot = Path.GetFullPath(Path.Combine(root, local));
        if (HasProject(fromRoot) && (root == listing || !IsSame(fromRoot, listing)))
            return fromRoot;

        var fromListing = Path.GetFullPath(Path.Combine(listing, local));
        return HasProject(fromListing) ? fromListing : fromRoot;
    }

    private static bool HasProject(string folder) => File.Exists(Path.Combine(folder, ProjectFileReader.FileName));

    // a package does not list itself, so that such a path is relative to the package's own folder
    private static bool IsSame(string a, string b) => Path.TrimEndingDirectorySeparator(a) == Path.TrimEndingDirectorySeparator(b);
}
