using System.CommandLine;
using Models.Compiler;
using Models.Compiler.Graph;
using Models.Runner.Artifacts;
using Models.Runner.Database;
using Models.Runner.Reporting;

namespace Models.Runner.Cli;

/// <summary><c>leadline compile</c>: writes every node's SQL under <c>target/compiled</c>, and prints what was asked for by name.</summary>
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
        var state = new StateFlags();
        var rendering = new RenderingFlags();
        selection.AddTo(command);
        state.AddTo(command);
        rendering.AddTo(command);
        var inline = new Option<string?>("--inline") { Description = "SQL to render and print, instead of nodes of the project." };
        var form = new Option<string>("--output") { Description = "text or json: how SQL is printed.", DefaultValueFactory = _ => "text" }.AcceptOnlyFromAmong("text", "json");
        command.Options.Add(inline);
        command.Options.Add(form);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var options = selection.Read(parsed);
            var text = parsed.GetValue(inline);
            if (text is not null && (options.Select.Count > 0 || options.Selector is not null))
                throw new RunException("--inline and a selection are both given; keep one.");

            var asJson = parsed.GetValue(form) == "json";
            var project = ProjectLoader.Load(rendering.Read(parsed), observer, cancellationToken);
            await using var target = TargetAccess.Open(project);
            using var previous = state.Open(parsed, project);
            var nodes = text is null ? SelectedNodes.Of(target, options, Types, observer, previous) : [];
            var reading = state.Defer(parsed, target, nodes);
            if (text is not null)
            {
                observer.Printed(QueryOutput.Compiled(name: null, reading.CompileInline(text, target.Warehouse).Sql.Trim(), asJson));
                return ExitCodes.Success;
            }

            var started = TimeProvider.System.GetUtcNow();
            var results = nodes.Select(n => CompileNode(reading, target, n)).ToList();
            var summary = new RunSummary(project.Options.InvocationId, started, TimeProvider.System.GetUtcNow() - started, results);
            RunArtifacts.Write(project, summary, new RunOptions { Verb = RunVerb.Run, Which = command.Name, Compile = project.Options, Selection = options });
            foreach (var result in results.Where(r => r.CompiledSql is not null && (options.Select.Contains(r.Node.Name) || (options.Select.Count > 0 && nodes.Count == 1))))
                observer.Printed(QueryOutput.Compiled(result.Node.Name, result.CompiledSql!, asJson));
            foreach (var failed in results.Where(r => r.Status.IsFailure()))
                await Console.Error.WriteLineAsync(failed.Message);
            return summary.Success ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static NodeResult CompileNode(ParsedProject project, TargetAccess target, Node node)
    {
        var started = TimeProvider.System.GetUtcNow();
        try
        {
            var sql = project.Compile(node, target.Warehouse).Sql;
            SqlFiles.WriteCompiled(project, node, sql);
            return Result(NodeStatus.Success, "", sql);
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            return Result(NodeStatus.Error, Failures.Describe(failure, node, compiled: null), sql: null);
        }

        NodeResult Result(NodeStatus status, string message, string? sql) => new()
        {
            Node = node,
            Status = status,
            Message = message,
            CompiledSql = sql,
            StartedAt = started,
            CompileCompletedAt = TimeProvider.System.GetUtcNow(),
            CompletedAt = TimeProvider.System.GetUtcNow(),
            Worker = 1,
        };
    }
}
