using System.CommandLine;
using YamlDotNet.RepresentationModel;

namespace Models.Runner.Cli;

/// <summary><c>leadline clean</c>: removes the folders that dbt_project.yml lists under clean-targets.</summary>
internal static class CleanCommand
{
    public static Command Create()
    {
        var command = new Command("clean", "Removes what runs have left: the folders under clean-targets.");
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer =>
        {
            var root = GlobalOptions.Compile(parsed).ProjectDirectory;
            foreach (var folder in Targets(root))
            {
                var path = Path.GetFullPath(Path.Combine(root, folder));
                if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                    throw new RunException($"clean-targets names '{folder}', which is not inside the project; nothing of it is removed.");

                if (Directory.Exists(path))
                    Directory.Delete(path, recursive: true);
                observer.Said($"Cleaned {path}", isWarning: false);
            }

            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }

    private static List<string> Targets(string root)
    {
        var file = Path.Combine(root, "dbt_project.yml");
        if (!File.Exists(file))
            throw new RunException($"There is no dbt_project.yml in '{root}'. Name the project's folder with --project-dir.");

        var yaml = new YamlStream();
        using var reader = File.OpenText(file);
        yaml.Load(reader);
        return yaml.Documents is [{ RootNode: YamlMappingNode map }]
            && map.Children.TryGetValue(new YamlScalarNode("clean-targets"), out var targets)
            && targets is YamlSequenceNode list
            ? [.. list.OfType<YamlScalarNode>().Select(t => t.Value ?? "")]
            : ["target"];
    }
}
