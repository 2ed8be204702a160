using System.CommandLine;
using Models.Database;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Engine.Targets;
using Models.Runner.Flags;
using Models.Runner.Reporting;

namespace Models.Runner.Commands;

/// <c>leadline compile</c>: writes the SQL of all nodes to <c>target/compiled</c>, and prints that of nodes selected by name.
internal static class CompileCommand
{
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
        var form = new Option<string>(
            "--output") { Description = "text or json: how SQL is printed.", DefaultValueFactory = _ => "text" }.AcceptOnlyFromAmong("text", "json");
        command.Options.Add(inline);
        command.Options.Add(form);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var options = selection.Read(parsed);
            var text = parsed.GetValue(inline);
            if (text is not null && (options.Select.Count > 0 || options.Selector is not null))
                throw new RunException("--inline and a selection are both given; keep one.");

            var (asJson, quiet) = (parsed.GetValue(form) == "json", parsed.GetValue(ReportFlags.Quiet));
            var project = ProjectLoader.Load(rendering.Read(parsed), observer, cancellationToken);
            await using var target = rendering.Introspects(parsed)
                ? TargetAccess.Open(project, observer)
                : TargetAccess.Closed(project, "--no-introspect was given, and a template asks the database; leave the flag out.");
            using var previous = state.Open(parsed, project, observer);
            var nodes = text is null ? SelectedNodes.Of(target, options, NodeCompilation.Types, observer, previous) : [];
            var reading = state.Defer(parsed, target, nodes);
            var summary = text is null ? NodeCompilation.Run(reading, target, nodes) : NodeCompilation.RunInline(reading, target, text);
            RunArtifacts.Write(project, summary, new RunOptions { Verb = RunVerb.Run, Which = command.Name, Compile = project.Options, Selection = options });
            foreach (var result in summary.Results.Where(
                r => r.CompiledSql is not null && (text is not null || options.Select.Contains(r.Node.Name) || (options.Select.Count > 0 && nodes.Count == 1))))
                observer.TemplateOutput(QueryOutput.Compiled(text is null ? result.Node.Name : null, result.CompiledSql!, asJson, quiet));
            await NodeCompilation.ReportFailuresAsync(summary);
            // dbt ends with 2 here: a node that cannot be rendered ends the command, as a mistake in the project does
            return summary.Success ? ExitCodes.Success : ExitCodes.Unusable;
        }));
        return command;
    }
}
