namespace Models.Compiler;

/// <summary>One entry of packages.yml.</summary>
/// <param name="Origin">What the entry names: a folder, a repository, a package of the hub.</param>
/// <param name="Name">The package's name, which is its folder's below dbt_packages.</param>
public sealed record ListedPackage(string Origin, string Name)
{
    /// <summary>The folder of a local package, absolute.</summary>
    public string? LocalFolder { get; init; }

    /// <summary>Where a package that has to be downloaded lies already; null where it does not.</summary>
    public string? InstalledFolder { get; init; }
}
