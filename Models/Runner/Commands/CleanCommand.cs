using System.CommandLine;
using Models.Compiler;
using Models.Database;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <summary><c>leadline clean</c>: removes the folders that dbt_project.yml lists under clean-targets, never the project's sources.</summary>
internal static class CleanCommand
{
    public static Command Create()
    {
        var command = new Command("clean", "Removes the output folders of runs: those under clean-targets.");
        var insideOnly = new Option<bool?>("--clean-project-files-only")
        {
            Description = "Refuse folders outside the project (the default); --no-clean-project-files-only removes them too.",
        };
        command.Options.Add(insideOnly);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer =>
        {
            var folders = ProjectFolders.Read(GlobalOptions.Compile(parsed));
            var targets = folders.CleanTargets.Select(t => (Written: t, Path: RealPath.Of(Path.Combine(folders.Root, t)))).ToList();

            // check all folders before removing any
            foreach (var (written, path) in targets)
                RequireRemovable(folders, written, path, parsed.GetValue(insideOnly) ?? true);
            foreach (var path in targets.Select(t => t.Path).Where(Directory.Exists))
                Directory.Delete(path, recursive: true);
            foreach (var (_, path) in targets)
                observer.Message($"Cleaned {path}", isWarning: false);
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }

    /// <exception cref="RunException">The folder contains the project's sources, or is outside the project.</exception>
    private static void RequireRemovable(ProjectFolders folders, string written, string path, bool insideOnly)
    {
        var isWritten = folders.Written.Any(w => RealPath.Of(w) == path);
        if (RealPath.IsSameOrBelow(RealPath.Of(folders.Root), path))
            throw new RunException(
                $"clean-targets names '{written}', which holds the whole project; nothing was removed. Name the folders that runs write, such as target.");

        foreach (var source in folders.Sources.Select(RealPath.Of))
        {
            if (RealPath.IsSameOrBelow(source, path) || (!isWritten && RealPath.IsSameOrBelow(path, source)))
                throw new RunException(
                    $"clean-targets names '{written}', which holds source files or lies among those of '{source}'; nothing was removed. Remove it from " +
                    $"clean-targets.");
        }

        if (insideOnly && !RealPath.IsSameOrBelow(path, RealPath.Of(folders.Root)))
        {
            throw new RunException(
                $"clean-targets names '{written}', which is outside the project ('{path}'); nothing was removed. Give --no-clean-project-files-only to " +
                $"remove it.");
        }
    }
}
