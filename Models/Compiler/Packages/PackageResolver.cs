using Models.Diagnostics;
using Models.Parsing.Files;
using Models.Parsing.Packages;
using Models.Project.Configuration;
using Models.Project.Diagnostics;

namespace Models.Compiler.Packages;

/// <summary>Determines the version of each listed package and of those that packages list.</summary>
internal sealed class PackageResolver(
    CompileOptions options, ProjectFolders project, PackageHub hub, PackageDownload download, string downloads, Action<string> warn)
{
    private readonly OrderedDictionary<string, ResolvedPackage> _found = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _problems = [];
    private int _folders;

    /// <summary>What is wrong with single packages; the others were resolved all the same, so that all problems are reported at once.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <param name="listed">The entries to resolve.</param>
    /// <param name="follows">False if the entries include what the packages need, as those of the lock file do.</param>
    /// <param name="cancellationToken">Cancels the downloads.</param>
    public async Task<IReadOnlyList<ResolvedPackage>> ResolveAsync(IReadOnlyList<PackageRequest> listed, bool follows, CancellationToken cancellationToken)
    {
        for (var pending = new List<PackageRequest>(listed); pending.Count > 0;)
        {
            var next = new List<PackageRequest>();
            foreach (var request in pending)
            {
                if (Merged(request) is not { } wanted || await FindAsync(wanted, cancellationToken) is not { } found)
                    continue;

                _found[wanted.Key] = found;
                if (follows)
                    next.AddRange(found.Packages);
            }

            pending = next;
        }

        CheckNames();
        return [.. _found.Values];
    }

    /// <summary>Adds a request to what is already known of its package; returns null if that says nothing new.</summary>
    private PackageRequest? Merged(PackageRequest request)
    {
        if (!_found.TryGetValue(request.Key, out var known))
            return request;

        switch (known.Request, request)
        {
            case (HubRequest before, HubRequest now):
                var both = before.With(now);
                return both.Versions.Count == before.Versions.Count && both.AllowsPrerelease == before.AllowsPrerelease ? null : both;
            case (GitRequest before, GitRequest now) when before.Revision != now.Revision:
                _problems.Add(ProjectDiagnostics.UnusablePackage(now.Span, now.Origin,
                    $"two revisions of it are asked for: '{before.Revision ?? "HEAD"}' and '{now.Revision ?? "HEAD"}'"));
                return null;
            default:
                return null;
        }
    }

    private async Task<ResolvedPackage?> FindAsync(PackageRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request switch
            {
                LocalRequest local => OfFolder(local, local.Folder),
                HubRequest ofHub => await hub.ResolveAsync(ofHub, local => LocalPackage.Find(project.Root, project.Root, local), cancellationToken),
                GitRequest git => await OfGitAsync(git, cancellationToken),
                TarballRequest tarball => OfFolder(tarball, await download.UnpackAsync(tarball.Address, NewFolder(), cancellationToken)) with
                {
                    Name = tarball.Name,
                },
                _ => null,
            };
        }
        catch (PackageException reason)
        {
            if (Installed(request) is { } folder)
            {
                warn($"The package '{request.Origin}' stays as it is in {folder}: {reason.Message}.");
                return OfFolder(request, folder) with { IsKept = true };
            }

            var advice = request is LocalRequest ? "" : $"; or put its files into {Path.Combine(project.Packages, ShortName(request).Replace('-', '_'))}";
            _problems.Add(ProjectDiagnostics.UnusablePackage(request.Span, request.Origin, reason.Message + advice));
            return null;
        }
    }

    private async Task<ResolvedPackage> OfGitAsync(GitRequest request, CancellationToken cancellationToken)
    {
        var repository = NewFolder();
        var commit = await GitRepository.CheckOutAsync(request, repository, cancellationToken);
        if (request is { Revision: null or "HEAD" or "main" or "master", WarnsUnpinned: true })
            warn(
                $"The package '{request.Origin}' is not pinned: it comes from {request.Revision ?? "HEAD"}, which moves. Give it a tag or a commit.");

        var folder = Path.GetFullPath(Path.Combine(repository, request.Subdirectory ?? ""));
        if (File.Exists(Path.Combine(folder, ProjectFileReader.FileName)))
            return OfFolder(request, folder) with { Version = commit };

        var place = request.Subdirectory is { } below ? $"its folder '{below}'" : "its root";
        throw new PackageException($"there is no {ProjectFileReader.FileName} in {place}");
    }

    private ResolvedPackage OfFolder(PackageRequest request, string folder) => new(request, NameOf(folder))
    {
        Folder = folder,
        Packages = PackageList.OfFolder(folder, project.Root, options).Requests,
    };

    /// <summary>Finds a package that was put below dbt_packages; its folder may differ from the repository's name by a hyphen.</summary>
    private string? Installed(PackageRequest request)
    {
        if (request is LocalRequest || !Directory.Exists(project.Packages))
            return null;

        var name = Plain(ShortName(request));
        return Directory.EnumerateDirectories(project.Packages)
            .Where(f => File.Exists(Path.Combine(f, ProjectFileReader.FileName)))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(f => Plain(Path.GetFileName(f)) == name || Plain(NameOf(f)) == name);

        static string Plain(string text) => text.Replace('-', '_');
    }

    private static string ShortName(PackageRequest request) =>
        request is TarballRequest tarball ? tarball.Name : Path.GetFileNameWithoutExtension(request.Origin.TrimEnd('/').Replace(':', '/'));

    private void CheckNames()
    {
        foreach (var package in _found.Values)
        {
            if (package.Name == project.Name)
                _problems.Add(ProjectDiagnostics.UnusablePackage(package.Request.Span, package.Request.Origin,
                    $"its name '{package.Name}' is also the project's; give one of them another name"));
            else if (_found.Values.First(p => p.Name == package.Name) is var first && first != package)
                _problems.Add(ProjectDiagnostics.UnusablePackage(package.Request.Span, package.Request.Origin,
                    $"its name '{package.Name}' is also that of '{first.Request.Origin}'; keep one of them"));
        }
    }

    private string NameOf(string folder) => ProjectFolders.Read(options with { ProjectDirectory = folder }).Name;

    private string NewFolder() => Path.Combine(downloads, $"{_folders++}");
}
