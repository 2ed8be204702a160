using Models.Diagnostics;
using Models.Project.Configuration;
using Models.Project.Diagnostics;

namespace Models.Compiler.Packages;

/// <summary>
/// Installs the packages of packages.yml below dbt_packages, those that packages need included. Source: docs.getdbt.com/reference/commands/deps.
/// </summary>
public static class PackageInstaller
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <param name="options">The project.</param>
    /// <param name="onlyLocks">True to write package-lock.yml and install nothing.</param>
    /// <param name="upgrades">True to look for newer versions although package-lock.yml fits packages.yml.</param>
    /// <param name="report">Receives what was done, with true for a warning.</param>
    /// <param name="cancellationToken">Cancels downloads.</param>
    /// <returns>What is wrong with single packages; if there is anything, nothing was changed.</returns>
    /// <exception cref="DiagnosticException">A project file or a file of packages is invalid.</exception>
    public static async Task<IReadOnlyList<Diagnostic>> InstallAsync(
        CompileOptions options, bool onlyLocks, bool upgrades, Action<string, bool> report, CancellationToken cancellationToken)
    {
        var project = ProjectFolders.Read(options);
        var listed = PackageList.OfFolder(project.Root, project.Root, options);
        if (listed.Requests.Count == 0)
        {
            report("Warning: No packages were found in packages.yml", true);
            return [];
        }

        Directory.CreateDirectory(project.Packages);
        var downloads = Directory.CreateDirectory(Path.Combine(project.Packages, $".downloads-{Guid.NewGuid():n}"));
        try
        {
            using var client = new HttpClient { Timeout = s_patience };
            var download = new PackageDownload(client);
            var hub = new PackageHub(download, options.VersionCheck ?? true, text => report(text, true));
            var resolver = new PackageResolver(options, project, hub, download, downloads.FullName, text => report(text, true));
            var isLocked = !upgrades && PackageLock.Fits(project.Root, listed);
            var wanted = isLocked ? PackageList.Read([PackageLock.FileName], project.Root, project.Root, options).Requests : listed.Requests;
            var packages = await resolver.ResolveAsync(wanted, follows: !isLocked, cancellationToken);
            if (resolver.Problems.Count > 0)
                return resolver.Problems;

            if (!isLocked && packages.All(p => !p.IsKept))
            {
                PackageLock.Write(project.Root, listed, packages);
                report($"Updating lock file in file path: {Path.Combine(project.Root, PackageLock.FileName)}", false);
            }

            return onlyLocks ? [] : await InstallAsync(project, packages, download, downloads.FullName, report, cancellationToken);
        }
        finally
        {
            downloads.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Diagnostic>> InstallAsync(
        ProjectFolders project, IReadOnlyList<ResolvedPackage> packages, PackageDownload download, string downloads, Action<string, bool> report,
        CancellationToken cancellationToken)
    {
        var ready = new List<(ResolvedPackage Package, string Folder)>();
        var problems = new List<Diagnostic>();
        foreach (var package in packages)
        {
            try
            {
                ready.Add((package, package.Folder ?? await download.UnpackAsync(
                    package.Archive ?? "", Path.Combine(downloads, $"archive-{ready.Count}"), cancellationToken)));
            }
            catch (PackageException reason)
            {
                problems.Add(ProjectDiagnostics.UnusablePackage(package.Request.Span, package.Request.Origin, reason.Message));
            }
        }

        if (problems.Count > 0)
            return problems;

        Clear(project.Packages, [downloads, .. ready.Where(r => r.Package.IsKept).Select(r => r.Folder)]);
        foreach (var (package, folder) in ready.Where(r => !r.Package.IsKept))
        {
            var place = Path.Combine(project.Packages, package.Name);
            if (package.Request is LocalRequest)
                Directory.CreateSymbolicLink(place, folder);
            else
                Directory.Move(folder, place);
            report($"Installed {package.Request.Origin}{(package.Version is { } version ? $" {version}" : "")} at {place}", false);
            if (package.Newer is { } newer)
                report($"Updated version available for {package.Request.Origin}: {newer}", false);
        }

        return [];
    }

    /// <summary>Removes what earlier installations left, because every package below dbt_packages belongs to the project.</summary>
    private static void Clear(string packages, IReadOnlyList<string> kept)
    {
        foreach (var folder in new DirectoryInfo(packages).EnumerateDirectories().Where(d => !kept.Contains(d.FullName)))
        {
            // a link to a local package is removed, not the package
            if (folder.LinkTarget is not null)
                folder.Delete();
            else
                folder.Delete(recursive: true);
        }
    }
}
