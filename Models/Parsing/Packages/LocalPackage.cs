using Models.Parsing.Files;

namespace Models.Parsing.Packages;

/// <summary>Where the folder of a <c>local:</c> entry is.</summary>
internal static class LocalPackage
{
    /// <summary>
    /// dbt takes every local path from the project that is built, also one that a package lists; a package that is a project of its own,
    /// with packages beside it, means its own folder. The first of the two that holds a project is taken.
    /// </summary>
    /// <param name="root">The folder of the project that is built.</param>
    /// <param name="listing">The folder of the project or package whose packages.yml has the entry.</param>
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

    // a package does not list itself: its path was meant from its own folder
    private static bool IsSame(string a, string b) => Path.TrimEndingDirectorySeparator(a) == Path.TrimEndingDirectorySeparator(b);
}
