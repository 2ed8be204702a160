using System.CommandLine;
using YamlDotNet.RepresentationModel;

namespace Models.Runner.Cli;

/// <summary>
/// <c>leadline deps</c>: puts local packages where the compiler finds them, and says what must be downloaded by hand: nothing is
/// fetched over the network.
/// </summary>
internal static class DepsCommand
{
    public static Command Create()
    {
        var command = new Command("deps", "Puts the packages of packages.yml into dbt_packages.");
        var add = new Option<string?>("--add-package") { Description = "Write a package into packages.yml first: NAME@VERSION, or a folder with --source local." };
        var source = new Option<string>("--source") { Description = "Where --add-package's is from: hub, git or local.", DefaultValueFactory = _ => "hub" }.AcceptOnlyFromAmong("hub", "git", "local");
        var upgrade = new Option<bool>("--upgrade") { Description = "Taken for dbt's sake: what is in dbt_packages stays as it is.", Hidden = true };
        var locks = new Option<bool>("--lock") { Description = "Taken for dbt's sake: what is in dbt_packages is what is used.", Hidden = true };
        foreach (var option in (Option[])[add, source, upgrade, locks])
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer =>
        {
            var root = GlobalOptions.ProjectDirectory(parsed);
            if (parsed.GetValue(add) is { } package)
                observer.Said(PackageEntry.Add(root, package, parsed.GetRequiredValue(source)), isWarning: false);
            if (parsed.GetValue(locks))
                return Task.FromResult(ExitCodes.Success);

            var missing = new List<string>();
            foreach (var entry in Packages(root))
            {
                if (Text(entry, "local") is { } local)
                    observer.Said(Link(root, local), isWarning: false);
                else if (Missing(root, entry) is { } problem)
                    missing.Add(problem);
            }

            return missing.Count == 0
                ? Task.FromResult(ExitCodes.Success)
                : throw new RunException(string.Join(Environment.NewLine, missing));
        }));
        return command;
    }

    private static IEnumerable<YamlMappingNode> Packages(string root)
    {
        foreach (var file in (string[])["packages.yml", "dependencies.yml"])
        {
            var path = Path.Combine(root, file);
            if (!File.Exists(path))
                continue;

            var yaml = new YamlStream();
            using var reader = File.OpenText(path);
            yaml.Load(reader);
            if (yaml.Documents is [{ RootNode: YamlMappingNode map }] && map.Children.TryGetValue(new YamlScalarNode("packages"), out var list))
                return [.. ((YamlSequenceNode)list).OfType<YamlMappingNode>()];
        }

        return [];
    }

    private static string Link(string root, string local)
    {
        if (local.Contains("{{", StringComparison.Ordinal))
            return $"{local} is looked up whenever the project is read";

        var source = Path.GetFullPath(Path.Combine(root, local));
        if (!File.Exists(Path.Combine(source, "dbt_project.yml")))
            throw new RunException($"packages.yml names the local package '{local}', but there is no dbt_project.yml in '{source}'.");

        var folder = Path.Combine(root, "dbt_packages", Path.GetFileName(source.TrimEnd(Path.DirectorySeparatorChar)));
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        if (!Directory.Exists(folder))
            Directory.CreateSymbolicLink(folder, source);
        return $"{local} is at {folder}";
    }

    private static string? Missing(string root, YamlMappingNode package)
    {
        var origin = Text(package, "git") ?? Text(package, "package") ?? Text(package, "tarball") ?? "a package of an unknown kind";
        var name = Path.GetFileNameWithoutExtension(origin.TrimEnd('/'));
        var folder = Path.Combine(root, "dbt_packages", name);
        var there = Directory.Exists(folder) || Directory.Exists(folder.Replace('-', '_'));
        return there ? null : $"'{origin}' must be downloaded: put its files into {folder.Replace('-', '_')}, for example with git clone, and run this again.";
    }

    private static string? Text(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? (node as YamlScalarNode)?.Value : null;
}
