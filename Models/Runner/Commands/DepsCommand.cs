using System.CommandLine;
using Models.Compiler.Packages;
using Models.Database;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline deps</c>: installs the packages of packages.yml, and those that they need, below dbt_packages.
internal static class DepsCommand
{
    public static Command Create()
    {
        var command = new Command("deps", "Installs the packages of packages.yml below dbt_packages: from the hub, git, archives and local folders.");
        var add = new Option<string?>(
            "--add-package") { Description = "Add a package to packages.yml first: NAME@VERSION, or a folder with --source local." };
        var source = new Option<string>("--source") { Description = "The source of the package in --add-package: hub, git or local.", DefaultValueFactory = _ =>
            "hub" }.AcceptOnlyFromAmong("hub", "git", "local");
        var upgrade = new Option<bool>("--upgrade") { Description = "Look for newer versions although package-lock.yml fits packages.yml." };
        var locks = new Option<bool>("--lock") { Description = "Write package-lock.yml and install nothing." };
        foreach (var option in (Option[])[add, source, upgrade, locks])
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var options = GlobalOptions.Compile(parsed);
            if (parsed.GetValue(add) is { } package)
                observer.Message(PackageEntry.Add(options.ProjectDirectory, package, parsed.GetRequiredValue(source)), isWarning: false);

            var problems = await PackageInstaller.InstallAsync(
                options, parsed.GetValue(locks), parsed.GetValue(upgrade), (text, isWarning) => observer.Message(text, isWarning), cancellationToken);
            return problems.Count == 0
                ? ExitCodes.Success
                : throw new RunException("No package was installed.") { Diagnostics = problems };
        }));
        return command;
    }
}
