namespace Models.Compiler;

/// <summary>One entry of packages.yml.</summary>
/// <param name="Origin">The source of the package: a folder, a repository, a package of the hub.</param>
/// <param name="Name">The package's name, which is also the name of its folder below dbt_packages.</param>
public sealed record ListedPackage(string Origin, string Name)
{
    /// <summary>The folder of a local package, absolute.</summary>
    public string? LocalFolder { get; init; }

    /// <summary>The folder of an installed package that is downloaded; null if it is not installed.</summary>
    public string? InstalledFolder { get; init; }
}
