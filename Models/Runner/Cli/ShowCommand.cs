using System.CommandLine;
using System.Text.Json;
using Models.Compiler.Context;
using Models.Compiler.Graph;
using Models.Runner.Artifacts;
using Models.Runner.Execution;
using Models.Runner.Reporting;

namespace Models.Runner.Cli;

/// <summary><c>leadline show</c>: the first rows of what a node's SQL, or SQL given inline, returns.</summary>
internal static class ShowCommand
{
    private static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType>
    {
        ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot, ResourceType.Test, ResourceType.Analysis, ResourceType.Source,
    };

    public static Command Create()
    {
        var command = new Command("show", "Prints the first rows that a node's SQL, or SQL given inline, returns.");
        var selection = new SelectionFlags();
        selection.AddTo(command);
        var inline = new Option<string?>("--inline") { Description = "SQL to run, with refs as in a model." };
        var limit = new Option<int>("--limit") { Description = "How many rows; -1 for all.", DefaultValueFactory = _ => 5 };
        var form = new Option<string>("--output") { Description = "text or json.", DefaultValueFactory = _ => "text" }.AcceptOnlyFromAmong("text", "json");
        command.Options.Add(inline);
        command.Options.Add(limit);
        command.Options.Add(form);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken, announces: false);
            await using var target = TargetAccess.Open(project);
            var asJson = parsed.GetValue(form) == "json";
            if (parsed.GetValue(inline) is { } text)
            {
                Print("inline", Query(target, target.RenderInline(text), parsed.GetValue(limit)), asJson);
                return ExitCodes.Success;
            }

            var options = selection.Read(parsed);
            if (options.Select.Count == 0 && options.Selector is null)
                throw new RunException("Say what to show: --select with a node, or --inline with SQL.");

            foreach (var node in target.Select(options with { IndirectSelection = Selection.IndirectSelection.Empty }, Types, observer))
                Print(node.Name, Query(target, SqlOf(node, target), parsed.GetValue(limit)), asJson);
            return ExitCodes.Success;
        }, printsData: true));
        return command;
    }

    private static string SqlOf(Node node, TargetAccess target) => node is SeedNode or SourceNode
        ? $"select * from {((RelationNode)node).Relation.QuotedName}"
        : target.Project.Compile(node, target.Warehouse).Sql;

    private static QueryResult Query(TargetAccess target, string sql, int limit) =>
        target.Warehouse.Execute(limit < 0 ? sql : $"select * from (\n{sql.TrimEnd().TrimEnd(';')}\n) as dbt_show limit {limit}");

    private static void Print(string name, QueryResult result, bool asJson)
    {
        if (!asJson)
        {
            Console.WriteLine($"Previewing '{name}':");
            Console.WriteLine(TextTable.Format(result));
            return;
        }

        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("node", name);
            json.WriteStartArray("show");
            foreach (var row in result.Rows)
                ArtifactMetadata.WriteValue(json, result.Columns.Zip(row, (c, v) => new KeyValuePair<string, object?>(c, TextTable.Plain(v))));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        Console.WriteLine();
    }
}
