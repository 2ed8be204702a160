using Models.Diagnostics;

namespace Models.Compiler.Packages;

/// <summary>One entry of packages.yml with its templates rendered.</summary>
/// <param name="Origin">The source as written, because the rendered one may contain a secret.</param>
/// <param name="Span">The position of the entry.</param>
internal abstract record PackageRequest(string Origin, SourceSpan Span)
{
    /// <summary>Identifies the package among all that are listed: entries with the same key are one package.</summary>
    public abstract string Key { get; }
}

/// <param name="Origin">The folder as written.</param>
/// <param name="Span">The position of the entry.</param>
/// <param name="Folder">The absolute folder.</param>
internal sealed record LocalRequest(string Origin, SourceSpan Span, string Folder) : PackageRequest(Origin, Span)
{
    public override string Key => $"local:{Path.TrimEndingDirectorySeparator(Folder)}";
}

/// <param name="Origin">The package as written.</param>
/// <param name="Span">The position of the entry.</param>
/// <param name="Package">Namespace and name on the hub: <c>dbt-labs/dbt_utils</c>.</param>
/// <param name="Versions">The conditions, which all apply.</param>
/// <param name="AllowsPrerelease">True if a prerelease may be taken.</param>
internal sealed record HubRequest(string Origin, SourceSpan Span, string Package, IReadOnlyList<string> Versions, bool AllowsPrerelease)
    : PackageRequest(Origin, Span)
{
    public override string Key => $"hub:{Package}";

    public HubRequest With(HubRequest other) => this with
    {
        Versions = [.. Versions.Union(other.Versions)],
        AllowsPrerelease = AllowsPrerelease || other.AllowsPrerelease,
    };
}

/// <param name="Origin">The address as written.</param>
/// <param name="Span">The position of the entry.</param>
/// <param name="Address">The repository.</param>
/// <param name="Revision">A branch, a tag or a commit; null for the repository's default branch.</param>
/// <param name="Subdirectory">The folder of the package in the repository; null for its root.</param>
/// <param name="WarnsUnpinned">True to warn that a branch moves.</param>
internal sealed record GitRequest(string Origin, SourceSpan Span, string Address, string? Revision, string? Subdirectory, bool WarnsUnpinned)
    : PackageRequest(Origin, Span)
{
    public override string Key => $"git:{(Address.EndsWith(".git", StringComparison.Ordinal) ? Address[..^4] : Address)}/{Subdirectory}";
}

/// <param name="Origin">The address as written.</param>
/// <param name="Span">The position of the entry.</param>
/// <param name="Address">The address of the archive.</param>
/// <param name="Name">The package's name, which the entry must give.</param>
internal sealed record TarballRequest(string Origin, SourceSpan Span, string Address, string Name) : PackageRequest(Origin, Span)
{
    public override string Key => $"tarball:{Address}";
}
