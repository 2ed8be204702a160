using System.CommandLine;
using System.Text;
using System.Text.Json;
using Models.Engine.Execution;
using Models.Engine.State;
using Models.Parsing;
using Models.Project.Graph;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline ls</c>: lists the selected nodes, one per line.
internal static class ListCommand
{
    private static readonly string[] UsualKeys =
        ["alias", "name", "package_name", "depends_on", "tags", "config", "resource_type", "source_name", "original_file_path", "unique_id"];

    public static Command Create()
    {
        var command = new Command("list", "Lists the selected nodes of the project.");
        command.Aliases.Add("ls");
        var selection = new SelectionFlags(modelsAreATypeToo: true);
        var state = new StateFlags();
        selection.AddTo(command);
        state.AddTo(command);
        var form = new Option<string>("--output") { Description = "selector, name, path or json.", DefaultValueFactory = _ => "selector" }
            .AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "selector", "name", "path", "json");
        var keys = new Option<string[]>("--output-keys") { Description = "The keys to print with --output json.", AllowMultipleArgumentsPerToken = true };
        command.Options.Add(form);
        command.Options.Add(keys);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer =>
        {
            var wanted = (parsed.GetValue(keys) ?? []).SelectMany(k => k.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)).ToList();
            var nodes = ModelRunner.List(GlobalOptions.Compile(parsed), selection.Read(parsed), state.State(parsed), observer, cancellationToken);
            foreach (var node in nodes)
                Console.WriteLine(Print(node, parsed.GetRequiredValue(form).ToLowerInvariant(), wanted.Count == 0 ? UsualKeys : wanted));
            if (nodes.Count == 0)
                observer.Message("No nodes selected!", isWarning: true);
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
        SemanticNode => $"{node.ResourceType.Name()}:{node.PackageName}.{node.Name}",
        UnitTestNode => $"unit_test:{node.PackageName}.{node.Name}",
        _ => string.Join('.', node.Fqn),
    };

    /// <summary>The requested manifest keys that the node has.</summary>
    private static string Json(Node node, IReadOnlyList<string> keys)
    {
        var all = ParsedProject.TemplateValue(node, compiledSql: null, RelationMap.Target);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var key in keys.Where(k => all.ContainsKey(k) && (k != "tags" || node is not UnitTestNode)))
                ArtifactValues.Write(json, key, all[key]);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
