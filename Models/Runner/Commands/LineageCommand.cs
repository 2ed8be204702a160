using System.CommandLine;
using Models.Analysis.Lineage;
using Models.Compiler;
using Models.Database;
using Models.Diagnostics;
using Models.Project.Configuration;
using Models.Project.Graph;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline lineage model.column</c>: shows the columns that a column is derived from, and the columns derived from it.
internal static class LineageCommand
{
    public static Command Create()
    {
        var command = new Command("lineage", "Prints the columns that a column is derived from, and those derived from it.");
        var column = new Argument<string>("column") { Description = "A column as model.column; a source's as source.table.column." };
        var upstream = new Option<bool>("--upstream") { Description = "Only the columns that this one is derived from." };
        var downstream = new Option<bool>("--downstream") { Description = "Only the columns derived from this one." };
        command.Arguments.Add(column);
        command.Options.Add(upstream);
        command.Options.Add(downstream);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async _ =>
        {
            var result = await CompileAsync(GlobalOptions.Compile(parsed), cancellationToken);
            var start = Find(result, parsed.GetRequiredValue(column));
            var graph = new ColumnGraph(result.Nodes.Select(n => KeyValuePair.Create(n.Key, n.Value.Lineage)));
            var both = parsed.GetValue(upstream) == parsed.GetValue(downstream);
            if (both || parsed.GetValue(upstream))
                Print("made of", start, graph.Upstream(start));
            if (both || parsed.GetValue(downstream))
                Print("goes into", start, graph.Downstream(start));

            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>Compiles with analysis, without writing files.</summary>
    /// <exception cref="RunException">The project has errors; the exception contains them.</exception>
    internal static async Task<CompilationResult> CompileAsync(CompileOptions options, CancellationToken cancellationToken)
    {
        var result = await ProjectCompiler.CompileAsync(options, new BuildOptions { WriteArtifacts = false }, cancellationToken);
        return result.Succeeded
            ? result
            : throw new RunException("The project has errors.") { Diagnostics = [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)] };
    }

    private static ColumnId Find(CompilationResult result, string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot <= 0)
            throw new RunException($"'{name}' is not a column; write model.column.");

        var (nodeName, columnName) = (name[..dot], name[(dot + 1)..]);
        var relations = result.Project.Graph.InOrder.OfType<RelationNode>().Where(n => result.Nodes.ContainsKey(n.UniqueId)).ToList();
        var node = relations.Find(
            n => n.Name == nodeName || n.UniqueId == nodeName || (n is SourceNode source && $"{source.SourceName}.{source.Name}" == nodeName))
            ?? throw new RunException($"There is no model '{nodeName}'{NearName.Hint(nodeName, relations.Select(n => n.Name))}.");
        var columns = result.Nodes[node.UniqueId].Columns.Select(c => c.Name).ToList();
        return columns.Contains(columnName)
            ? new ColumnId(node.UniqueId, columnName)
            : throw new RunException($"'{nodeName}' has no column '{columnName}'{NearName.Hint(columnName, columns)}.");
    }

    private static void Print(string relation, ColumnId start, IReadOnlyList<LineageStep> steps)
    {
        Console.WriteLine(steps.Count == 0 ? $"{start} {relation} no other column" : $"{start} {relation}");
        foreach (var step in steps)
            Console.WriteLine($"{new string(' ', step.Depth * 2)}{step.Column} ({step.Use.ToString().ToLowerInvariant()})");
    }
}
