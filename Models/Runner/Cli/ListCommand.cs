using System.CommandLine;
using System.Text;
using System.Text.Json;
using Models.Compiler.Graph;
using Models.Runner.Artifacts;

namespace Models.Runner.Cli;

/// <summary><c>leadline ls</c>: the nodes a selection means, one a line.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Lists the nodes of the project that a selection means.");
        command.Aliases.Add("ls");
        var selection = new SelectionFlags();
        selection.AddTo(command);
        var form = new Option<string>("--output") { Description = "selector, name, path or json.", DefaultValueFactory = _ => "selector" }
            .AcceptOnlyFromAmong("selector", "name", "path", "json");
        var keys = new Option<string[]>("--output-keys") { Description = "The keys to print with --output json.", AllowMultipleArgumentsPerToken = true };
        var state = new Option<string?>("--state") { Description = "The folder of an earlier run's artifacts." };
        command.Options.Add(form);
        command.Options.Add(keys);
        command.Options.Add(state);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer =>
        {
            var nodes = ModelRunner.List(GlobalOptions.Compile(parsed), selection.Read(parsed), parsed.GetValue(state), observer, cancellationToken);
            foreach (var node in nodes)
                Console.WriteLine(Print(node, parsed.GetRequiredValue(form), parsed.GetValue(keys) ?? []));
            return Task.FromResult(ExitCodes.Success);
        }, printsData: true));
        return command;
    }

    private static string Print(Node node, string form, IReadOnlyList<string> keys) => form switch
    {
        "name" => node.Name,
        "path" => node.OriginalFilePath,
        "json" => Json(node, keys),
        _ => Selector(node),
    };

    private static string Selector(Node node) => node switch
    {
        SourceNode source => $"source:{source.PackageName}.{source.SourceName}.{source.Name}",
        ExposureNode => $"exposure:{node.PackageName}.{node.Name}",
        UnitTestNode => $"unit_test:{node.PackageName}.{node.Name}",
        _ => string.Join('.', node.Fqn),
    };

    private static string Json(Node node, IReadOnlyList<string> keys)
    {
        var all = new List<KeyValuePair<string, object?>>
        {
            new("name", node.Name),
            new("resource_type", node.ResourceType.Name()),
            new("package_name", node.PackageName),
            new("original_file_path", node.OriginalFilePath),
            new("unique_id", node.UniqueId),
            new("alias", node is RelationNode relation ? relation.Relation.AsWritten.Identifier : node.Name),
            new("config", node.Config.Values),
            new("tags", node.Tags),
            new("depends_on", new Dictionary<string, object?> { ["macros"] = node.DependsOnMacros, ["nodes"] = node.DependsOn }),
        };
        var wanted = keys.SelectMany(k => k.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            ArtifactMetadata.WriteValue(json, all.Where(p => wanted.Count == 0 || wanted.Contains(p.Key)));
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
