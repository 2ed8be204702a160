namespace Models.Compiler.Packages;

/// <summary>A package whose version is determined.</summary>
/// <param name="Request">The entry that it came from, with all conditions.</param>
/// <param name="Name">The name of its project, which is also its folder below dbt_packages.</param>
internal sealed record ResolvedPackage(PackageRequest Request, string Name)
{
    /// <summary>The version or the commit; null for local packages and archives.</summary>
    public string? Version { get; init; }

    /// <summary>The newest version that could be taken; null if there is no other.</summary>
    public string? Newer { get; init; }

    /// <summary>The folder that holds its files, linked for a local package and moved for a downloaded one; null if they are not downloaded yet.</summary>
    public string? Folder { get; init; }

    /// <summary>The address of its archive; null if the files are already there.</summary>
    public string? Archive { get; init; }

    /// <summary>True if the package was put below dbt_packages earlier and stays there, because its source cannot be reached.</summary>
    public bool IsKept { get; init; }

    /// <summary>The packages that it needs.</summary>
    public IReadOnlyList<PackageRequest> Packages { get; init; } = [];
}
