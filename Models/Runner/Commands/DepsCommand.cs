using System.CommandLine;
using Models.Compiler;
using Models.Database;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline deps</c>: links local packages into the packages folder, and lists the packages that must be downloaded by hand, because nothing is
/// fetched over the network.
internal static class DepsCommand
{
    public static Command Create()
    {
        var command = new Command("deps", "Links the local packages of packages.yml into dbt_packages.");
        var add = new Option<string?>(
            "--add-package") { Description = "Add a package to packages.yml first: NAME@VERSION, or a folder with --source local." };
        var source = new Option<string>("--source") { Description = "The source of the package in --add-package: hub, git or local.", DefaultValueFactory = _ =>
            "hub" }.AcceptOnlyFromAmong("hub", "git", "local");
        var upgrade = new Option<bool>("--upgrade") { Description = "Accepted for compatibility with dbt and ignored.", Hidden = true };
        var locks = new Option<bool>("--lock") { Description = "Accepted for compatibility with dbt, and ignored.", Hidden = true };
        foreach (var option in (Option[])[add, source, upgrade, locks])
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer =>
        {
            var options = GlobalOptions.Compile(parsed);
            if (parsed.GetValue(add) is { } package)
                observer.Message(PackageEntry.Add(options.ProjectDirectory, package, parsed.GetRequiredValue(source)), isWarning: false);
            if (parsed.GetValue(locks))
                return Task.FromResult(ExitCodes.Success);

            var project = ProjectFolders.Read(options);
            var packages = PackageListing.Read(options, project);
            foreach (var local in packages.Where(p => p.LocalFolder is not null))
                observer.Message(Link(project, local), isWarning: false);

            var missing = packages.Where(p => p.LocalFolder is null && p.InstalledFolder is null).Select(p => Missing(project, p)).ToList();
            return missing.Count == 0
                ? Task.FromResult(ExitCodes.Success)
                : throw new RunException(string.Join(Environment.NewLine, missing));
        }));
        return command;
    }

    /// <summary>Creates a link with the package's name, as dbt does, because macros and configuration use that name.</summary>
    private static string Link(ProjectFolders project, ListedPackage package)
    {
        var folder = Path.Combine(project.Packages, package.Name);
        if (package.Name == project.Name)
            throw new RunException($"packages.yml lists '{package.Origin}', whose name '{package.Name}' is also the project's; give one of them another name.");

        Directory.CreateDirectory(project.Packages);
        if (!Directory.Exists(folder))
            Directory.CreateSymbolicLink(folder, package.LocalFolder!);
        return $"{package.Origin} is at {folder}";
    }

    private static string Missing(ProjectFolders project, ListedPackage package) =>
        $"'{package.Origin}' must be downloaded: put its files into {Path.Combine(project.Packages, package.Name.Replace('-', '_'))}, for example with git " +
        $"clone, and run this again.";
}
