using System.CommandLine;
using Models.Compiler.Graph;
using Models.Runner.Artifacts;
using Models.Runner.Execution;

namespace Models.Runner.Cli;

/// <summary><c>leadline compile</c>: writes every node's SQL under <c>target/compiled</c>, or prints one piece of it.</summary>
internal static class CompileCommand
{
    private static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType>
    {
        ResourceType.Model, ResourceType.Snapshot, ResourceType.Test, ResourceType.Analysis,
    };

    public static Command Create()
    {
        var command = new Command("compile", "Renders SQL under target/compiled without running it.");
        var selection = new SelectionFlags();
        selection.AddTo(command);
        var inline = new Option<string?>("--inline") { Description = "SQL to render and print, instead of nodes of the project." };
        command.Options.Add(inline);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            await using var target = TargetAccess.Open(project);
            if (parsed.GetValue(inline) is { } text)
            {
                Console.WriteLine(target.RenderInline(text));
                return ExitCodes.Success;
            }

            var options = selection.Read(parsed);
            var nodes = target.Select(options, Types, observer);
            var compiled = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var node in nodes)
            {
                compiled[node.UniqueId] = project.Compile(node, target.Warehouse).Sql;
                SqlFiles.WriteCompiled(project, node, compiled[node.UniqueId]);
            }

            RunArtifacts.WriteManifest(project, compiled);
            if (options.Select.Count > 0 && nodes is [var only])
                Console.WriteLine(compiled[only.UniqueId]);
            return ExitCodes.Success;
        }));
        return command;
    }
}
